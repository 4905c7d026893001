"""A voucher that nobody uses: warned of twice, then a coordinator confirms that it lapses."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, action, constraints_of, judged, locked, move, require_words
from conduct.queries.days import today
from jobs.actions.trouble import for_each
from vouchers.awards.models import Voucher
from vouchers.endings.models import Ending, UnusedWarning
from vouchers.endings.models.unused import DAYS_OF_A_WARNING
from vouchers.endings.permissions import may_confirm_lapse
from vouchers.endings.queries import is_unused, quiet_since, unused_vouchers, warnings_of

from .carrying_out import finish
from .ending import WHY_IT_ENDS
from .telling import everybody, tell


@action(gettext_lazy("Warning about an unused voucher"))
def warn_of_unused(voucher: Voucher, *, by: User | None) -> bool:
    """Warn the cluster and its partner once more, where it is time; whether this call did.

    The first warning follows after the days of the call without any news, the second one two weeks
    later. Any sign of life begins the count anew.
    """
    voucher = locked(voucher)
    days = voucher.award.application.call.unused_days
    if days is None or not is_unused(voucher):
        return False
    now, quiet = today(voucher.country.zone), quiet_since(voucher)
    given = warnings_of(voucher)
    due = given[-1].answer_by if given else quiet + timedelta(days=days)
    if len(given) == 2 or now < due:
        return False
    warning = UnusedWarning.objects.create(
        voucher=voucher,
        number=len(given) + 1,
        quiet_since=quiet,
        warned_on=now,
        answer_by=now + timedelta(days=DAYS_OF_A_WARNING),
    )
    tell(
        everybody(voucher),
        "voucher-unused",
        voucher,
        key=f"voucher-unused-{warning.pk}",
        number=warning.number,
        quiet_since=quiet.isoformat(),
        answer_by=warning.answer_by.isoformat(),
    )
    return True


def warn_of_unused_vouchers() -> int:
    """Warn of every voucher that nobody uses; of how many. One error stops no other."""
    return for_each(
        "unused_vouchers", unused_vouchers(), lambda voucher: warn_of_unused(voucher, by=None)
    )


@action(gettext_lazy("Lapse of the voucher confirmed"))
def confirm_lapse(voucher: Voucher, *, reason: str, by: User) -> Ending:
    """Let a voucher lapse today that was warned of twice in vain, for the `reason`.

    Raises OutOfOrder unless two warnings hold and the last day of the second is over.
    """
    voucher = judged(voucher, may_confirm_lapse, by=by, states=[Voucher.State.ACTIVE])
    require_words(reason, WHY_IT_ENDS)
    now = today(voucher.country.zone)
    given = warnings_of(voucher)
    if not is_unused(voucher) or len(given) < 2 or now < given[-1].answer_by:
        raise OutOfOrder(_("This voucher was not warned of twice in vain: it cannot lapse now."))
    with constraints_of(Ending):
        ending = Ending.objects.create(
            voucher=voucher, kind=Ending.Kind.LAPSED, ends_on=now, reason=reason
        )
        move(ending, Ending.State.NOTICE)
        ending.decided_by, ending.decided_at = by, timezone.now()
        ending.notice_at, ending.claims_until = timezone.now(), now
        ending.save()
    finish(ending, by=by)
    return ending
