"""Closing an accounting period."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, require
from conduct.queries.days import today
from vouchers.books.models import ClosedPeriod
from vouchers.books.permissions import may_close_periods


@action(gettext_lazy("Accounting period closed"))
def close_period(*, ends_on: date, by: User, reason: str = "") -> ClosedPeriod:
    """Close the books of all calls up to and including a day: nothing is dated in them any more.

    Raises Refused (beside its field) for a day that is not over, or in a period closed already.
    """
    require(may_close_periods, by)
    if ends_on >= today():
        raise Refused(
            _("A period is closed once it is over: choose a day before today."), field="ends_on"
        )
    with constraints_of(ClosedPeriod):
        return ClosedPeriod.objects.create(ends_on=ends_on, note=reason, closed_by=by)
