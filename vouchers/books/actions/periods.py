"""Closing an accounting period: proposed by one person, closed by another, for good."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, locked, require
from conduct.queries.days import today
from vouchers.books.models import ClosedPeriod, PeriodProposal
from vouchers.books.models.enforced import PERIODS
from vouchers.books.permissions import may_close_period, may_close_periods
from vouchers.books.queries import books_up_to

_ANOTHER = gettext_lazy("Somebody who did not propose it closes the period.")


@action(gettext_lazy("Closing of an accounting period proposed"))
def propose_period(*, ends_on: date, by: User, reason: str = "") -> PeriodProposal:
    """Propose to close the books of all calls up to and including a day; another person does.

    Raises Refused (beside its field) for a day that is not over, or in a period closed already.
    """
    require(may_close_periods, by)
    if ends_on >= today():
        raise Refused(
            _("A period is closed once it is over: choose a day before today."), field="ends_on"
        )
    last = ClosedPeriod.objects.order_by("-ends_on").first()
    if last is not None and ends_on <= last.ends_on:
        raise Refused(
            _("A period is closed once, after the one before it, and only when it is over."),
            field="ends_on",
        )
    with constraints_of(PeriodProposal):
        return PeriodProposal.objects.create(ends_on=ends_on, note=reason, proposed_by=by)


@action(gettext_lazy("Accounting period closed"))
def close_period(proposal: PeriodProposal, *, by: User) -> ClosedPeriod:
    """Close what somebody else proposed: nothing is dated in it any more, and it is never opened again.

    What the books say up to that day is kept with it. Raises NotAllowed for whoever proposed it,
    OutOfOrder where it was closed or dropped meanwhile, Refused where a later day is closed.
    """
    proposal = judged(proposal, may_close_period, by=by, otherwise=_ANOTHER)
    _require_waiting(proposal)
    with connection.cursor() as cursor:
        # Whoever enters meanwhile waits, so that the books that are kept are whole.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PERIODS])
    with constraints_of(ClosedPeriod):
        return ClosedPeriod.objects.create(
            ends_on=proposal.ends_on,
            note=proposal.note,
            proposal=proposal,
            proposed_by=proposal.proposed_by,
            closed_by=by,
            books=books_up_to(proposal.ends_on),
        )


@action(gettext_lazy("Proposal to close a period dropped"))
def drop_proposal(proposal: PeriodProposal, *, by: User) -> PeriodProposal:
    """Take a proposal off the desk. Raises OutOfOrder where it was closed or dropped meanwhile."""
    proposal = locked(proposal)
    require(may_close_periods, by)
    _require_waiting(proposal)
    proposal.dropped_by, proposal.dropped_at = by, timezone.now()
    proposal.save()
    return proposal


def _require_waiting(proposal: PeriodProposal) -> None:
    if proposal.dropped_at or ClosedPeriod.objects.filter(proposal=proposal).exists():
        raise OutOfOrder(_("This proposal waits for nobody any more: look at the list."))
