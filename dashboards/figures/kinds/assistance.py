"""Figures of the assistance: days planned and delivered, milestones, and indicators."""

from __future__ import annotations

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import sees_some_country
from dashboards.queries.assistance import (
    COUNTED,
    LATE,
    UNCLAIMED,
    all_sessions_visible_to,
    milestones_that,
    milestones_visible_to,
    sessions_that,
)
from dashboards.queries.indicators import indicators_visible_to, is_reached
from dashboards.queries.measures import in_days

from .shapes import Figure, Source, Unit, count_of, sum_of

MILESTONES = Source(
    "dashboards:milestones",
    milestones_visible_to,
    sees_some_country.test,
    country="plan__voucher__award__application__country_id",
    call="plan__voucher__award__application__call_id",
    first_day="due_from",
    last_day="due_until",
    within=lambda found, period: found.filter(period.of_day("due_on")),
)
SESSIONS = Source(
    "dashboards:sessions",
    lambda user: all_sessions_visible_to(user).filter(sessions_that(COUNTED)),
    sees_some_country.test,
    country="voucher__award__application__country_id",
    call="voucher__award__application__call_id",
    first_day="held_from",
    last_day="held_until",
    within=lambda found, period: found.filter(period.of_day("day")),
)
INDICATORS = Source(
    "dashboards:indicators",
    indicators_visible_to,
    sees_some_country.test,
    country="version__report__voucher__award__application__country_id",
    call="version__report__voucher__award__application__call_id",
)


def _unclaimed() -> Sum:
    return Sum(F("amount") - F("claimed"), filter=milestones_that(UNCLAIMED), default=0)


ASSISTANCE = (
    Figure(
        "days_planned",
        MILESTONES,
        pgettext_lazy("days of assistance", "Planned days"),
        _("How many days of expertise do the plans in force foresee?"),
        sum_of("days"),
        unit=Unit.DAYS,
        total="days",
    ),
    Figure(
        "days_delivered",
        SESSIONS,
        pgettext_lazy("days of assistance", "Delivered days"),
        _("How many days of expertise were delivered?"),
        in_days,
        {"state": COUNTED},
        Unit.DAYS,
        "days",
    ),
    Figure(
        "milestones",
        MILESTONES,
        pgettext_lazy("milestones", "Milestones"),
        _("How many milestones do the plans in force have?"),
        count_of(),
    ),
    Figure(
        "milestones_late",
        MILESTONES,
        pgettext_lazy("milestones", "Late milestones"),
        _("How many milestones were due and are not accepted?"),
        count_of(lambda: milestones_that(LATE)),
        {"state": LATE},
    ),
    Figure(
        "money_unclaimed",
        MILESTONES,
        pgettext_lazy("milestones", "To be claimed"),
        _("What do the plans in force foresee that is not claimed yet?"),
        _unclaimed,
        {"state": UNCLAIMED},
        Unit.MONEY,
        "unclaimed",
    ),
    Figure(
        "indicators",
        INDICATORS,
        pgettext_lazy("indicators", "Indicators"),
        _("How many indicators do accepted final reports tell of?"),
        count_of(),
    ),
    Figure(
        "indicators_reached",
        INDICATORS,
        pgettext_lazy("indicators", "Indicators reached"),
        _("How many of them reached their target?"),
        lambda: Count("pk", filter=Q(is_reached())),
        {"reached": "yes"},
    ),
)
