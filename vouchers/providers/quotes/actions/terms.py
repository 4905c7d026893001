"""Terms of reference: begun, edited, and ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    Refused,
    action,
    constraints_of,
    judged,
    move,
    require_state,
    require_words,
)
from documents.wording import figures
from vouchers.awards.models import Voucher
from vouchers.providers.quotes.models import TermsGround, TermsMilestone, TermsOfReference
from vouchers.providers.quotes.permissions import may_ask, may_begin_terms, may_write_terms

from .telling import tell_invited


@dataclass(frozen=True)
class AskedMilestone:
    """One step that is asked for; days and the day on which it is due may stay open."""

    title: str
    days: Decimal | None = None
    due_on: date | None = None


@action(gettext_lazy("Terms of reference begun"))
def begin_terms(
    voucher: Voucher, *, milestones: Sequence[AskedMilestone], by: User, **told: Any
) -> TermsOfReference:
    """Begin the terms of reference of a voucher, as a draft, with the grounds of its call.

    `told` holds title, scope, deliverables_text, days, ceiling (EUR), shows_ceiling and language.
    Raises Refused where quotes are asked already, and for a ceiling above the voucher.
    """
    voucher = judged(voucher, may_begin_terms, by=by, states=[Voucher.State.ACTIVE])
    call = voucher.award.application.call
    terms = TermsOfReference(
        voucher=voucher,
        begun_by=by,
        least_quotes=call.purchase_rules.quotes_required,
        currencies=call.purchase_rules.currencies_in(voucher.country),
        **told,
    )
    _save(terms)
    for ground in call.quote_grounds.all():
        TermsGround.objects.create(
            terms=terms,
            position=ground.position,
            kind=ground.kind,
            name=ground.name,
            weight=ground.weight,
        )
    _write_milestones(terms, milestones)
    return terms


@action(gettext_lazy("Terms of reference changed"))
def save_terms(
    terms: TermsOfReference, *, milestones: Sequence[AskedMilestone], by: User, **told: Any
) -> TermsOfReference:
    """Change what is asked for, deadline (UTC) too, while nobody was asked yet."""
    terms = judged(terms, may_write_terms, by=by, states=[TermsOfReference.State.DRAFT])
    for name, value in told.items():
        setattr(terms, name, value)
    _save(terms)
    terms.milestones.all().delete()
    _write_milestones(terms, milestones)
    return terms


@action(gettext_lazy("Request for quotes ended"))
def end_terms(terms: TermsOfReference, *, reason: str, by: User) -> TermsOfReference:
    """End a request for quotes without a contract; who was asked is told, and another may begin.

    What was sealed stays so: nobody reads it any more.
    """
    terms = judged(
        terms,
        may_ask,
        by=by,
        states=[
            TermsOfReference.State.DRAFT,
            TermsOfReference.State.ASKING,
            TermsOfReference.State.OPENED,
            TermsOfReference.State.CHOSEN,
        ],
    )
    require_words(reason, _("Say why it ends."), field="reason")
    was_asked = terms.state != TermsOfReference.State.DRAFT
    if terms.state == TermsOfReference.State.CHOSEN:
        raise Refused(_("A quote is chosen: the country partner answers first."))
    move(terms, TermsOfReference.State.ENDED)
    terms.end_reason = reason
    terms.save()
    if was_asked:
        tell_invited("ended", terms, reason=reason)
    return terms


def end_terms_of_ended(terms: TermsOfReference, *, reason: str) -> None:
    """End locked terms of a voucher that has ended, for the `reason`; who was asked is told. Part of an
    action.
    """
    was_asked = terms.state != TermsOfReference.State.DRAFT
    move(terms, TermsOfReference.State.ENDED)
    terms.end_reason = reason
    terms.save()
    if was_asked:
        tell_invited("ended", terms, reason=reason)


def require_running(terms: TermsOfReference) -> None:
    """Raise OutOfOrder where the voucher of the terms is closed or ended."""
    require_state(terms.voucher, Voucher.State.ACTIVE)


def _save(terms: TermsOfReference) -> None:
    if terms.ceiling > terms.voucher.amount:
        raise Refused(
            _("The voucher is worth %(amount)s EUR: the ceiling cannot be higher.")
            % {"amount": figures(terms.voucher.amount)},
            field="ceiling",
        )
    terms.full_clean(validate_constraints=False)
    with constraints_of(TermsOfReference):
        terms.save()


def _write_milestones(terms: TermsOfReference, milestones: Sequence[AskedMilestone]) -> None:
    for position, asked in enumerate(milestones, start=1):
        milestone = TermsMilestone(terms=terms, position=position, **vars(asked))
        milestone.full_clean(validate_constraints=False)
        with constraints_of(TermsMilestone):
            milestone.save()


def require_ahead(deadline: datetime | None, now: datetime) -> datetime:
    """The deadline, where it lies ahead of `now`; raises Refused otherwise."""
    if deadline is None or deadline <= now:
        raise Refused(_("The deadline must lie ahead."), field="deadline")
    return deadline
