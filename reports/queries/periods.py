"""Reports of periods as people may read them, and what can be reported."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from accounts.models import User
from conduct.queries.scoping import for_system
from reports.models import PeriodReport
from reports.permissions import may_read_report
from vouchers.applications.models import Recusal
from vouchers.books.models import ClosedPeriod


def period_reports_visible_to(user: User) -> QuerySet[PeriodReport]:
    """The reports that the person may read: of all countries, or of those looked after.

    As `may_read_period_report`: nobody reads of a call or country in which a conflict of interest
    shuts them out of an application.
    """
    recusals = Recusal.objects.filter(person=user, application__call=OuterRef("call"))
    there = Q(application__country=OuterRef("country"))
    reports = PeriodReport.objects.exclude(
        Q(Exists(recusals), country=None) | Exists(recusals.filter(there))
    )
    if may_read_report.test(user):
        return reports
    return reports.filter(country__in=user.officer_countries)


@for_system("which days are closed every reader of the ledger may know")
def closed_until() -> date | None:
    """The last day of the books that is closed; None while none is."""
    return ClosedPeriod.objects.aggregate(last=Max(F("ends_on")))["last"]
