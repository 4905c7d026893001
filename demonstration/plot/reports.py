"""What the coordination reports of the finished round: the whole of it, and its money."""

from __future__ import annotations

from datetime import timedelta

from conduct.queries.days import today
from demonstration.cast import Cast
from demonstration.clock import noon, on
from reports.actions import issue_financial_report, issue_programme_report
from reports.queries import first_day_of
from vouchers.calls.models import Call


def report_the_round(cast: Cast, slug: str) -> None:
    """Issue the report of the programme, and the financial report up to the month that is closed.

    The financial one of the whole call, and that of Lebanon, which its partner reads.
    """
    call = Call.objects.get(slug=slug)
    lebanon = call.quotas.get(country="LB").country
    with on(noon(-1)):
        issue_programme_report(call, by=cast.coordinators[0])
        last = today().replace(day=1) - timedelta(days=1)
        # Its budget was entered when it opened.
        first = first_day_of(call) or last
        for country in (None, lebanon):
            issue_financial_report(
                call, country=country, first=first, last=last, by=cast.finance[0]
            )
