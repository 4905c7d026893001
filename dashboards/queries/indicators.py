"""What accepted final reports say was reached, over all vouchers that a person may read."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from accounts.models import User
from vouchers.assistance.reports.models import FinalReport, ReportedIndicator
from vouchers.awards.queries import award_within_reach


def indicators_visible_to(user: User) -> QuerySet[ReportedIndicator]:
    """The indicators of the accepted final reports of the vouchers that the person may read."""
    return ReportedIndicator.objects.filter(
        award_within_reach(user, "version__report__voucher__award__"),
        version__report__state=FinalReport.State.ACCEPTED,
        version__report__version=F("version"),
    )


def is_reached() -> Q:
    """Whether what was reached is as far as the target, which may lie below where it began."""
    rises = Q(target__gte=F("baseline"), value__gte=F("target"))
    return rises | Q(target__lt=F("baseline"), value__lte=F("target"))
