"""Who may ask for quotes, open them, read them, judge them, and choose."""

from __future__ import annotations

import rules

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator
from vouchers.awards.permissions import (
    is_officer_for_voucher,
    is_recused_from_award,
    may_read_voucher,
    may_sign_for_voucher,
    may_write_for_voucher,
)

from .models import Derogation, InterestDeclaration, QuoteChoice, QuoteInvitation, TermsOfReference
from .models.deciding import Judging

may_begin_terms = is_officer_for_voucher | may_write_for_voucher


@rules.predicate
def may_write_terms(user: User, terms: TermsOfReference) -> bool:
    """The cluster and its country partner write what is asked for."""
    return may_begin_terms.test(user, terms.voucher)


@rules.predicate
def may_ask(user: User, terms: TermsOfReference) -> bool:
    """A manager of the cluster or the country partner asks, extends and ends."""
    return is_officer_for_voucher.test(user, terms.voucher) or may_sign_for_voucher.test(
        user, terms.voucher
    )


@rules.predicate
def may_read_terms(user: User, terms: TermsOfReference) -> bool:
    return may_read_voucher.test(user, terms.voucher)


@rules.predicate
def may_answer_derogation(user: User, derogation: Derogation) -> bool:
    return (
        is_officer_for_voucher.test(user, derogation.terms.voucher)
        and derogation.asked_by_id != user.pk
    )


@rules.predicate
def may_open(user: User, terms: TermsOfReference) -> bool:
    """Who writes for the cluster, the country partner and the coordinators open, two at a time."""
    coordinates = is_coordinator.test(user) and not is_recused_from_award.test(
        user, terms.voucher.award
    )
    return coordinates or may_write_terms.test(user, terms)


def side_of(user: User, terms: TermsOfReference) -> str:
    """For whom the person judges; empty for who judges nothing."""
    if is_officer_for_voucher.test(user, terms.voucher):
        return Judging.PARTNER
    return Judging.CLUSTER if may_write_for_voucher.test(user, terms.voucher) else ""


@rules.predicate
def may_declare(user: User, terms: TermsOfReference) -> bool:
    """Whoever judges declares first what ties them to the providers."""
    return bool(side_of(user, terms))


def has_declared_on(user: User, terms: TermsOfReference) -> bool:
    """Whether the person declared on every provider that is asked; two queries."""
    asked = set(
        terms.invitations.filter(state=QuoteInvitation.State.INVITED).values_list("pk", flat=True)
    )
    declared = InterestDeclaration.objects.filter(person=user, invitation__terms=terms)
    return asked <= set(declared.values_list("invitation_id", flat=True))


@rules.predicate
def has_a_conflict(user: User, terms: TermsOfReference) -> bool:
    """Whether the person declared a tie to one of the providers that are asked."""
    return InterestDeclaration.objects.filter(
        person=user,
        has_conflict=True,
        invitation__terms=terms,
        invitation__state=QuoteInvitation.State.INVITED,
    ).exists()


@rules.predicate
def may_judge(user: User, terms: TermsOfReference) -> bool:
    """Whoever judges has declared on every provider, and is tied to none."""
    return (
        bool(side_of(user, terms))
        and has_declared_on(user, terms)
        and not has_a_conflict.test(user, terms)
    )


@rules.predicate
def may_compare(user: User, terms: TermsOfReference) -> bool:
    """Whether the person reads what was opened: who may judge; coordinators and auditors."""
    if not terms.are_open:
        return False
    oversees = (is_coordinator.test(user) or is_auditor.test(user)) and may_read_terms.test(
        user, terms
    )
    if has_a_conflict.test(user, terms):
        return False
    return oversees or may_judge.test(user, terms)


@rules.predicate
def may_choose(user: User, terms: TermsOfReference) -> bool:
    """A manager of the cluster who is tied to no provider."""
    return may_sign_for_voucher.test(user, terms.voucher) and may_judge.test(user, terms)


@rules.predicate
def may_answer_choice(user: User, choice: QuoteChoice) -> bool:
    """An officer of the country who did not choose and is tied to no provider."""
    return (
        choice.chosen_by_id != user.pk
        and is_officer_for_voucher.test(user, choice.terms.voucher)
        and may_judge.test(user, choice.terms)
    )


@rules.predicate
def may_read_minutes(user: User, terms: TermsOfReference) -> bool:
    """The minutes state prices: who may compare reads them."""
    return may_compare.test(user, terms)
