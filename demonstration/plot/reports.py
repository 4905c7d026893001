"""What is reported: of the finished round all of it, and of the one in delivery by itself."""

from __future__ import annotations

from datetime import timedelta

from conduct.queries.days import today
from demonstration.cast import Cast
from demonstration.clock import noon, on
from reports.actions import (
    ScheduleTerms,
    issue_financial_report,
    issue_programme_report,
    issue_progress_report,
    pause_schedule,
    set_schedule,
)
from reports.actions.due import let_fall_due
from reports.actions.preparing import REPORTS
from reports.models import PeriodReport, ReportSchedule
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
# So long ago they were set: less than the shortest month, so that one report fell due since.
_SET = -20


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


def report_by_itself(cast: Cast, slug: str) -> None:
    """Set the schedules of a call, and let what is due today fall due.

    The money of the call is reported every month at once, the progress of Lebanon waits for the
    coordinator; that of Morocco rests.
    """
    call = Call.objects.get(slug=slug)
    coordinator, finance = cast.coordinators[0], cast.finance[0]
    lebanon, morocco = (call.quotas.get(country=code).country for code in ("LB", "MA"))
    of_money = {"kind": PeriodReport.Kind.FINANCIAL, "country": None}
    due_day = today().day
    with on(noon(_SET)):
        for of, at_once, hearers in (
            (of_money, True, [finance, coordinator]),
            (_progress(lebanon), False, [cast.officer("LB"), finance]),
            (_progress(morocco), False, [cast.officer("MA")]),
        ):
            set_schedule(
                call,
                **of,
                frequency=ReportSchedule.Frequency.MONTHLY,
                starts_on=today(),
                terms=ScheduleTerms(
                    due_day=due_day, ends_on=None, sends_at_once=at_once, hearers=hearers
                ),
                by=coordinator,
            )
        pause_schedule(ReportSchedule.objects.get(country=morocco), by=coordinator)
    for schedule in ReportSchedule.objects.filter(call=call).order_by("pk"):
        let_fall_due(schedule, by=None)
        for run in schedule.runs.all():
            REPORTS.conduct(run.pk)


def _progress(country: object) -> dict[str, object]:
    return {"kind": PeriodReport.Kind.PROGRESS, "country": country}
