"""What is reported of the finished round: the whole of it, its money, the progress of a country."""

from __future__ import annotations

from datetime import timedelta

from conduct.queries.days import today
from demonstration.cast import Cast
from demonstration.clock import noon, on
from reports.actions import (
    issue_financial_report,
    issue_programme_report,
    issue_progress_report,
)
from reports.queries import first_day_of
from texts.actions import TextPlace, save_wording
from texts.kinds import Family, kinds_of
from vouchers.calls.models import Call

# What a coordinator wrote of it; the report fills in the figures.
ACHIEVEMENTS = {
    "en": "{vouchers} clusters in three countries used their vouchers, and {members} of their "
    "members took part. {paid} went to consultants whom the clusters had asked for.",
    "fr": "{vouchers} clusters de trois pays ont utilisé leur bon, et {members} de leurs membres "
    "y ont pris part. {paid} sont allés à des consultants que les clusters avaient demandés.",
    "ar": "استخدمت {vouchers} تجمّعات في ثلاثة بلدان قسائمها، وشارك {members} من أعضائها. "
    "وذهب {paid} إلى خبراء طلبتهم التجمّعات.",
}


def report_the_round(cast: Cast, slug: str) -> None:
    """Issue the report of the programme, and those of a period up to the month that is closed.

    Money is reported of the whole call, and of Lebanon, whose partner reads it and reports progress.
    """
    call = Call.objects.get(slug=slug)
    coordinator = cast.coordinators[0]
    lebanon = call.quotas.get(country="LB").country
    with on(noon(-1)):
        _write_of_it(call, cast)
        issue_programme_report(call, by=coordinator)
        last = today().replace(day=1) - timedelta(days=1)
        # Its budget was entered when it opened.
        first = first_day_of(call) or last
        for country in (None, lebanon):
            issue_financial_report(
                call, country=country, first=first, last=last, by=cast.finance[0]
            )
        issue_progress_report(call, country=lebanon, first=first, last=last, by=cast.officer("LB"))


def _write_of_it(call: Call, cast: Cast) -> None:
    """What was achieved, in each language, in the place that the report has for it."""
    report = kinds_of(Family.LETTER)["programme-report"]
    for language, said in ACHIEVEMENTS.items():
        place = TextPlace(report, language, call)
        save_wording(place, {"achievements": said}, seen=0, by=cast.coordinators[0])
