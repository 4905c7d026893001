"""What comes next in a request for quotes, and whose turn it is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from documents.wording import instant
from vouchers.applications.steps import YOU, Step
from vouchers.awards.queries.countersigning import SignedAgreement
from vouchers.awards.steps import step_before_money
from vouchers.providers.contracts.models import Contract
from vouchers.providers.contracts.permissions import may_enter_contract
from vouchers.providers.quotes.models import TermsOfReference
from vouchers.providers.quotes.permissions import (
    has_a_conflict,
    has_declared_on,
    may_answer_choice,
    may_ask,
    may_choose,
    may_declare,
    may_open,
)
from vouchers.providers.quotes.queries.rates import awaited_rates
from vouchers.providers.quotes.queries.terms import choice_of, least_of
from vouchers.providers.quotes.wording import awaited_sentence

_STATES = TermsOfReference.State


def quotes_steps(
    terms: TermsOfReference | None,
    contract: Contract | None,
    agreement: SignedAgreement | None,
    user: User,
) -> list[Step]:
    """What a request for quotes asks for next; nothing where none runs or its contract stands."""
    if terms is None or contract is not None:
        return []
    if terms.state == _STATES.DECIDED:
        return [step_before_money(agreement, user) or _decided_step(terms, user)]
    told = {
        _STATES.DRAFT: _draft_step,
        _STATES.ASKING: _asking_step,
        _STATES.OPENED: _opened_step,
        _STATES.CHOSEN: _chosen_step,
    }.get(_STATES(terms.state))
    return [told(terms, user)] if told else []


def _step(terms: TermsOfReference, text: str, *, theirs: bool, whose: str, url: str) -> Step:
    if not theirs:
        return Step(text, whose, terms.get_absolute_url(), _("Look at the quotes"))
    return Step(text, YOU, url or terms.get_absolute_url(), _("Do it now"))


def _draft_step(terms: TermsOfReference, user: User) -> Step:
    return _step(
        terms,
        _("Finish the terms of reference, and send them to the providers."),
        theirs=may_ask.test(user, terms),
        whose=_("the cluster"),
        url="",
    )


def _asking_step(terms: TermsOfReference, user: User) -> Step:
    until = instant(terms.deadline or "", terms.country.time_zone)
    if not terms.is_past_deadline:
        text = _("Providers write their quotes, until %(deadline)s.") % {"deadline": until}
        return Step(text, _("the providers"), terms.get_absolute_url(), _("Look at the quotes"))
    if terms.answers < least_of(terms):
        return _step(
            terms,
            _("Too few quotes arrived: extend the deadline for all, or ask for a derogation."),
            theirs=may_ask.test(user, terms),
            whose=_("the cluster"),
            url="",
        )
    return _step(
        terms,
        _("The deadline has passed: two people open the quotes."),
        theirs=may_open.test(user, terms),
        whose=_("the cluster and the country partner"),
        url="",
    )


def _opened_step(terms: TermsOfReference, user: User) -> Step:
    if may_declare.test(user, terms) and not has_declared_on(user, terms):
        return _step(
            terms,
            _("Say what ties you to the providers; then compare their quotes."),
            theirs=True,
            whose="",
            url=reverse("quotes:interests", args=[terms.pk]),
        )
    if awaited := awaited_rates(terms):
        return _step(
            terms,
            awaited_sentence(terms, awaited),
            theirs=False,
            whose=_("the finance officer"),
            url="",
        )
    judges = may_declare.test(user, terms) and not has_a_conflict.test(user, terms)
    return _step(
        terms,
        _("Compare and mark the quotes; a manager of the cluster chooses one.")
        if not may_choose.test(user, terms)
        else _("Compare and mark the quotes, then choose one."),
        theirs=judges,
        whose=_("the cluster"),
        url=reverse("quotes:compare", args=[terms.pk]),
    )


def _chosen_step(terms: TermsOfReference, user: User) -> Step:
    choice = choice_of(terms)
    return _step(
        terms,
        _("A quote is chosen: look at the comparison, and confirm the choice."),
        theirs=choice is not None and may_answer_choice.test(user, choice),
        whose=_("the country partner"),
        url=reverse("quotes:answer_choice", args=[terms.pk]),
    )


def _decided_step(terms: TermsOfReference, user: User) -> Step:
    return _step(
        terms,
        _("The quote is confirmed: sign the contract, and enter it."),
        theirs=may_enter_contract.test(user, terms.voucher),
        whose=_("the country partner"),
        url=reverse("contracts:enter", args=[terms.voucher_id]),
    )
