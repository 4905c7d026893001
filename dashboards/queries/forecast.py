"""What is still to be claimed, by the months in which the plans say that it is delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Sum
from django.db.models.functions import TruncMonth

from accounts.models import User
from conduct.queries.days import today
from vouchers.calls.models import Call

from .assistance import UNCLAIMED, milestones_that, milestones_visible_to

# So many months ahead are told one by one; what lies before is told together, and what lies beyond.
MONTHS = 6


@dataclass(frozen=True)
class Month:
    """What the milestones due between two days (either may be open) leave to claim, in EUR."""

    first: date | None
    last: date | None
    amount: Decimal


def forecast(user: User, call: Call | None = None, country: str = "") -> list[Month]:
    """What was due before this month, this month and the next ones, and later; one query."""
    found = milestones_visible_to(user).filter(milestones_that(UNCLAIMED))
    if call is not None:
        found = found.filter(plan__voucher__award__application__call=call)
    if country:
        found = found.filter(plan__voucher__award__application__country_id=country)
    by_month = dict(
        found.order_by()
        .annotate(month=TruncMonth("due_on"))
        .values_list("month")
        .annotate(left=Sum(F("amount") - F("claimed")))
    )
    first = today().replace(day=1)
    months, start = [], first
    for _number in range(MONTHS):
        end = _last_of(start)
        months.append(Month(start, end, by_month.get(start, Decimal(0))))
        start = end + timedelta(days=1)
    before = sum((left for month, left in by_month.items() if month < first), start=Decimal(0))
    beyond = sum((left for month, left in by_month.items() if month >= start), start=Decimal(0))
    return [
        Month(None, first - timedelta(days=1), before),
        *months,
        Month(start, None, beyond),
    ]


def _last_of(first: date) -> date:
    """The last day of the month that begins on a day."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
