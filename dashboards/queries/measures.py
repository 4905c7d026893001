"""What lists and figures sum in the same way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum, Value

from vouchers.assistance.plans.rules.days import HOURS_PER_DAY
from vouchers.assistance.reports.models import FinalReport


def members_reached() -> Any:
    """The members that accepted final reports name, over vouchers."""
    accepted = Q(final_report__state=FinalReport.State.ACCEPTED)
    return Sum("final_report__version__members_reached", filter=accepted, default=0)


def in_days() -> Any:
    """The days of expertise that the hours of sessions make."""
    return Sum("hours", default=Decimal(0)) / Value(Decimal(HOURS_PER_DAY))
