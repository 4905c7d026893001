"""A voucher rests for a while, and goes on."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, judged, locked, move, require_words
from conduct.queries.days import today
from jobs.actions.trouble import for_each
from notices.models import Notice
from vouchers.awards.models import Voucher
from vouchers.endings.letters import RESUMPTION_LETTER, SUSPENSION_LETTER, suspension_facts
from vouchers.endings.models import Suspension
from vouchers.endings.permissions import may_suspend
from vouchers.endings.queries import suspension_of, suspensions_to_review
from vouchers.endings.rules.limits import DayMisfit
from vouchers.endings.wording import sentence_of

from .telling import everybody, letter, tell, the_coordinators, the_officers


@action(gettext_lazy("Voucher suspended"))
def suspend_voucher(voucher: Voucher, *, review_on: date, reason: str, by: User) -> Suspension:
    """Let the voucher rest from today on, for the `reason`; on `review_on` it comes up again.

    Meanwhile nothing is worked, handed in, claimed, quoted or contracted for it. Raises Refused
    (beside its field) without a reason, and for a day that is not ahead or after the voucher's end.
    """
    voucher = judged(voucher, may_suspend, by=by, states=[Voucher.State.ACTIVE])
    require_words(reason, _("Say why the voucher is suspended."), field="reason")
    now = today(voucher.country.zone)
    _require_review(voucher, review_on, now)
    with constraints_of(Suspension):
        suspension = Suspension.objects.create(
            voucher=voucher, since=now, review_on=review_on, reason=reason, set_by=by
        )
    move(voucher, Voucher.State.SUSPENDED)
    voucher.save()
    papers = letter(SUSPENSION_LETTER, suspension, lambda: suspension_facts(suspension), by=by)
    tell(
        everybody(voucher),
        "voucher-suspended",
        voucher,
        but=by,
        documents=papers,
        reason=reason,
        review_on=review_on.isoformat(),
    )
    return suspension


@action(gettext_lazy("Voucher resumed"))
def resume_voucher(voucher: Voucher, *, by: User) -> Suspension:
    """Let a suspended voucher go on from today on. Raises OutOfOrder where it is not suspended."""
    voucher = judged(voucher, may_suspend, by=by, states=[Voucher.State.SUSPENDED])
    suspension = end_suspension(voucher, by=by)
    move(voucher, Voucher.State.ACTIVE)
    voucher.save()
    papers = letter(RESUMPTION_LETTER, suspension, lambda: suspension_facts(suspension), by=by)
    tell(
        everybody(voucher),
        "voucher-resumed",
        voucher,
        but=by,
        documents=papers,
        resumed_on=suspension.resumed_on.isoformat() if suspension.resumed_on else "",
    )
    return suspension


def end_suspension(voucher: Voucher, *, by: User | None) -> Suspension:
    """Write down that the suspension of a locked voucher is over today, as a part of an action."""
    found = suspension_of(voucher)
    if found is None:
        raise Refused(_("This voucher is not suspended."))
    suspension = locked(found)
    suspension.voucher = voucher
    suspension.resumed_on = today(voucher.country.zone)
    suspension.resumed_by, suspension.resumed_at = by, timezone.now()
    with constraints_of(Suspension):
        suspension.save()
    return suspension


@action(gettext_lazy("Suspension brought up again"))
def bring_up_suspension(suspension: Suspension, *, by: User | None) -> bool:
    """Tell who looks after the voucher that its day of review has come; whether this call did."""
    suspension = locked(suspension)
    voucher = suspension.voucher
    if suspension.resumed_on or today(voucher.country.zone) < suspension.review_on:
        return False
    key = f"suspension-over-{suspension.pk}"
    if Notice.objects.filter(key=key).exists():
        return False
    tell(
        [*the_officers(voucher), *the_coordinators(voucher)],
        "voucher-suspension-over",
        voucher,
        key=key,
        reason=suspension.reason,
        review_on=suspension.review_on.isoformat(),
    )
    return True


def bring_up_suspensions() -> int:
    """Bring up every suspension whose day has come; how many. One error stops no other."""
    return for_each(
        "suspensions",
        suspensions_to_review(),
        lambda suspension: bring_up_suspension(suspension, by=None),
    )


def _require_review(voucher: Voucher, review_on: date, now: date) -> None:
    if review_on < voucher.valid_from:
        misfit = DayMisfit.BEFORE_START
    elif review_on < now:
        misfit = DayMisfit.PAST
    elif review_on == now:
        raise Refused(_("Choose a day after today."), field="review_on")
    elif review_on > max(voucher.valid_until, now):
        misfit = DayMisfit.TOO_LATE
    else:
        return
    raise Refused(sentence_of(misfit, voucher, bound=voucher.valid_until), field="review_on")
