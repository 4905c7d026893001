"""How far applications came, and when they were sent: said once for lists and figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import pgettext_lazy

from clusters.models import Country
from conduct.queries.days import start_of
from conduct.queries.scoping import for_system
from vouchers.applications.models import Application

ELIGIBLE, SCORED, AWARDED = "eligible", "scored", "awarded"
STEPS = [
    (ELIGIBLE, pgettext_lazy("how far applications came", "found eligible")),
    (SCORED, pgettext_lazy("how far applications came", "scored by enough assessors")),
    (AWARDED, pgettext_lazy("how far applications came", "offered a voucher")),
]
_NOT_ELIGIBLE = (
    *(Application.State.DRAFT, Application.State.SUBMITTED),
    *(Application.State.INELIGIBLE, Application.State.WITHDRAWN),
)


def having_reached(step: str) -> Q:
    """The condition on applications that came as far as a step, one of STEPS.

    Scores and awards are of rooms above, which hang on to an application by name.
    """
    if step == AWARDED:
        return Q(award__state__in=["offered", "accepted"])
    if step == SCORED:
        return Q(Exists(_scored_by_enough()))
    return ~Q(state__in=_NOT_ELIGIBLE)


@for_system("a condition on one application; who may read it is the question of its list")
def _scored_by_enough() -> QuerySet[Application]:
    submitted = Count("assignments", filter=Q(assignments__state="scored"))
    counted = Application.objects.order_by().filter(pk=OuterRef("pk")).alias(submitted=submitted)
    return counted.filter(submitted__gt=0, submitted__gte=F("call__assessors_required"))


def sent_between(
    applications: QuerySet[Application],
    first: date | None,
    last: date | None,
    countries: Iterable[Country],
) -> QuerySet[Application]:
    """Those sent on these days, each by the calendar of its own country."""
    if first is None and last is None:
        return applications
    sent = Q()
    zones: dict[ZoneInfo, list[str]] = {}
    for country in countries:
        zones.setdefault(country.zone, []).append(country.code)
    for zone, codes in zones.items():
        there = Q(country__in=codes)
        if first:
            there &= Q(submitted_at__gte=start_of(first, zone))
        if last:
            there &= Q(submitted_at__lt=start_of(last + timedelta(days=1), zone))
        sent |= there
    return applications.filter(sent)
