"""Who may issue and read what is reported over stages."""

import rules
from django.db.models import Q

from accounts.models import User
from accounts.permissions import (
    is_auditor,
    is_coordinator,
    is_finance_officer,
    is_officer,
    sees_some_country,
)
from vouchers.applications.models import Recusal

from .models import PeriodReport, ReportSchedule

may_issue_report = is_coordinator
may_read_report = is_coordinator | is_finance_officer | is_auditor
# Whether there is anything here for the person: officers read what is reported of their country.
may_read_some_report = sees_some_country


@rules.predicate
def is_of_own_country(user: User, report: PeriodReport | ReportSchedule) -> bool:
    return report.country_id is not None and report.country_id in user.officer_countries


@rules.predicate
def is_of_money(_user: User, report: PeriodReport | ReportSchedule) -> bool:
    return report.kind == PeriodReport.Kind.FINANCIAL


@rules.predicate
def is_recused_from_report(user: User, report: PeriodReport | ReportSchedule) -> bool:
    """Whether a conflict of interest shuts the person out of an application that it tells of."""
    return Recusal.objects.filter(about_what_is_told(report), person=user).exists()


def about_what_is_told(report: PeriodReport | ReportSchedule) -> Q:
    """Which conflicts of interest are about an application that a report tells of."""
    scope = Q(application__call=report.call_id)
    if report.country_id:
        scope &= Q(application__country=report.country_id)
    return scope


may_read_unless_recused = may_read_report | is_of_own_country
may_read_period_report = may_read_unless_recused & ~is_recused_from_report
may_issue_some_financial_report = is_coordinator | is_finance_officer
may_issue_some_progress_report = is_coordinator | is_officer
# Money is reported by those who keep the books, progress by the country itself or the coordination.
may_issue_period_report = (
    is_coordinator | (is_finance_officer & is_of_money) | (is_of_own_country & ~is_of_money)
) & ~is_recused_from_report

# Coordinators set what is reported by itself; officers see what is set for their country.
may_set_some_schedule = is_coordinator
may_set_schedule = is_coordinator & ~is_recused_from_report
may_read_every_schedule = is_coordinator | is_auditor
may_read_some_schedule = may_read_every_schedule | is_officer
