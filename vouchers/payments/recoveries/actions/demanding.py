"""The payee is asked by a letter to pay back until a day; or its next payments are set off."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import (
    Outdated,
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require,
    require_state,
)
from conduct.queries.days import today
from documents.actions import issue_in_every_language
from documents.wording import figures
from jobs.actions.trouble import for_each
from vouchers.payments.recoveries.letters import RECOVERY_DEMAND, demand_facts
from vouchers.payments.recoveries.models import Correction
from vouchers.payments.recoveries.permissions import may_enter_recovery
from vouchers.payments.recoveries.queries import open_of, to_remind_of

from .telling import tell


@action(gettext_lazy("Recovery demanded"))
def demand_recovery(
    correction: Correction, *, due_on: date, by: User, seen: str | None = None
) -> Correction:
    """Ask the payee to pay back what is open by `due_on`: the letter is issued in every language.

    Raises OutOfOrder unless it is announced, and where another sum is open than was `seen` (its
    mark_of_open); Refused (beside its field) for a day that is over.
    """
    correction = judged(correction, states=[Correction.State.ANNOUNCED])
    require(may_enter_recovery, by)
    _require_open(correction, seen)
    if due_on <= today():
        raise Refused(_("Give the payee time: choose a day after today."), field="due_on")
    move(correction, Correction.State.DEMANDED)
    correction.demanded_by, correction.demanded_at = by, timezone.now()
    correction.due_on = due_on
    with constraints_of(Correction):
        correction.save()
    issue_in_every_language(
        RECOVERY_DEMAND,
        correction,
        lambda: demand_facts(correction),
        by=by,
        reference=correction.reference,
    )
    return correction


@action(gettext_lazy("Recovery is set off against the next payments"))
def set_off_from_now_on(correction: Correction, *, by: User, seen: str | None = None) -> Correction:
    """Have what is open set off against the payee's next payments of the same call.

    Raises OutOfOrder where nothing is open, another sum than was `seen` (its mark_of_open), or where it
    was chosen already.
    """
    correction = locked(correction)
    require(may_enter_recovery, by)
    require_state(correction, *Correction.OPEN)
    if correction.set_off_at is not None:
        raise OutOfOrder(_("It is set off against the next payments already."))
    _require_open(correction, seen)
    correction.set_off_by, correction.set_off_at = by, timezone.now()
    with constraints_of(Correction):
        correction.save()
    return correction


def mark_of_open(correction: Correction) -> str:
    """What of a correction its demand rests on, as a page carries it: how much is open (EUR)."""
    return str(open_of(correction))


def _require_open(correction: Correction, seen: str | None) -> None:
    """Raise Outdated unless so much of the locked correction is open as the person read."""
    if seen is not None and seen != mark_of_open(correction):
        raise Outdated(
            _("%(open)s EUR are open by now: somebody wrote down what came back, or took it back.")
            % {"open": figures(open_of(correction))}
        )


@action(gettext_lazy("Finance told that a recovery is overdue"))
def remind_of_recovery(correction: Correction, *, by: User | None) -> bool:
    """Tell finance, once, that the day is over and something is open; whether this call did."""
    correction = locked(correction)
    is_over = correction.due_on is not None and correction.due_on < today()
    if correction.state != Correction.State.DEMANDED or correction.reminded_at or not is_over:
        return False
    correction.reminded_at = timezone.now()
    correction.save(update_fields=["reminded_at"])
    tell(people_holding(Role.FINANCE), "payment-recovery-overdue", correction)
    return True


def remind_of_recoveries() -> int:
    """Tell finance of everything that is overdue since; how many. One error stops no other."""
    return for_each(
        "recovery_reminders", to_remind_of(), lambda one: remind_of_recovery(one, by=None)
    )
