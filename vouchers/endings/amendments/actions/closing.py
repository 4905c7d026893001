"""How an amendment comes to nothing: refused, withdrawn, or not signed in time."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, judged, locked, require_words
from conduct.queries.days import today
from jobs.actions.trouble import for_each
from vouchers.endings.actions.dropping import close_amendment
from vouchers.endings.amendments.models import Amendment
from vouchers.endings.amendments.permissions import may_refuse_amendment, may_withdraw_amendment
from vouchers.endings.amendments.queries import amendments_to_lapse, is_over

WHO_REFUSES = gettext_lazy("Only a manager of the cluster can refuse an amendment.")
WHO_WITHDRAWS = gettext_lazy("A coordinator withdraws an amendment.")


@action(gettext_lazy("Amendment refused"))
def refuse_amendment(amendment: Amendment, *, reason: str, by: User) -> Amendment:
    """A manager of the cluster does not sign it, and says why; the agreement stays as it is."""
    amendment = judged(
        amendment,
        may_refuse_amendment,
        by=by,
        states=[Amendment.State.DRAWN_UP],
        otherwise=WHO_REFUSES,
    )
    return _closed(amendment, Amendment.State.REFUSED, reason, by)


@action(gettext_lazy("Amendment withdrawn"))
def withdraw_amendment(amendment: Amendment, *, reason: str, by: User) -> Amendment:
    """A coordinator takes it back before it is in force, and says why."""
    amendment = judged(
        amendment,
        may_withdraw_amendment,
        by=by,
        states=Amendment.OPEN,
        otherwise=WHO_WITHDRAWS,
    )
    return _closed(amendment, Amendment.State.WITHDRAWN, reason, by)


@action(gettext_lazy("Amendment lapsed"))
def lapse_amendment(amendment: Amendment, *, by: User | None) -> bool:
    """Close an amendment that can be signed no more; whether it still was to be closed."""
    amendment = locked(amendment)
    if not amendment.is_open or not is_over(amendment):
        return False
    close_amendment(amendment, Amendment.State.LAPSED, by=by)
    return True


def lapse_amendments() -> int:
    """Close every amendment that can be signed no more; how many. One error stops no other."""
    return for_each(
        "amendments", amendments_to_lapse(today()), lambda one: lapse_amendment(one, by=None)
    )


def _closed(amendment: Amendment, state: Amendment.State, reason: str, by: User) -> Amendment:
    require_words(reason, _("Please say why."))
    amendment.closing_reason = reason
    close_amendment(amendment, state, by=by)
    return amendment
