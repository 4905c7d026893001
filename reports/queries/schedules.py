"""Schedules as people may read them, what is due by them, and who hears of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice, takewhile
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    CharField,
    Exists,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from accounts.models import Role, RoleGrant, User
from accounts.queries import people_holding, read_roles
from conduct.queries.days import day_of, today
from conduct.queries.scoping import for_system
from documents.models import Document
from reports.models import Hearer, Hearing, PeriodReport, ReportSchedule, ScheduledReport
from reports.permissions import (
    about_what_is_told,
    may_read_every_schedule,
    may_read_unless_recused,
    may_set_some_schedule,
)
from reports.queries.financial import first_day_of
from reports.rules.schedules import DuePeriod, newest_ended, periods_from
from vouchers.applications.models import Recusal
from vouchers.books.models import LedgerEntry

# So many of the next dates a page tells.
NEXT = 3


def schedules_visible_to(user: User) -> QuerySet[ReportSchedule]:
    """The schedules that the person may read: all, or those of a country looked after.

    Nobody reads of those from whose reports a conflict of interest shuts them out.
    """
    recusals = Recusal.objects.filter(person=user, application__call=OuterRef("call"))
    there = Q(application__country=OuterRef("country"))
    schedules = ReportSchedule.objects.exclude(
        Q(Exists(recusals), country=None) | Exists(recusals.filter(there))
    )
    if may_read_every_schedule.test(user):
        return schedules
    return schedules.filter(country__in=user.officer_countries)


def runs_visible_to(user: User) -> QuerySet[ScheduledReport]:
    """The reports that fell due by the schedules that the person may read."""
    return ScheduledReport.objects.filter(schedule__in=schedules_visible_to(user))


def runs_to_look_at(user: User) -> QuerySet[ScheduledReport]:
    """What waits for the look of a coordinator, the longest due first; none for anybody else."""
    if not may_set_some_schedule.test(user):
        return ScheduledReport.objects.none()
    waiting = runs_visible_to(user).filter(state=ScheduledReport.State.WAITING)
    return _with_schedule(waiting)


def runs_in_trouble(user: User) -> QuerySet[ScheduledReport]:
    """What could not be made, or whose files could not or were withdrawn before anybody was told.

    Nobody is told of it, but coordinators.
    """
    if not may_set_some_schedule.test(user):
        return ScheduledReport.objects.none()
    lack_files = Q(Exists(_files(state=Document.State.FAILED))) | ~Q(Exists(_files()))
    failed = Q(state=ScheduledReport.State.FAILED) | (
        Q(state=ScheduledReport.State.ISSUED) & lack_files
    )
    return _with_schedule(runs_visible_to(user).filter(failed))


@for_system("background work tells of what is made")
def runs_to_tell() -> QuerySet[ScheduledReport]:
    """What was issued and whose files are all made, so that people can be told."""
    ready = Document.State.READY
    return ScheduledReport.objects.filter(
        Exists(_files(state=ready)),
        ~Exists(_files().exclude(state=ready)),
        state=ScheduledReport.State.ISSUED,
    ).order_by("due_on", "pk")


@for_system("background work makes what is due")
def running_schedules() -> QuerySet[ReportSchedule]:
    """The schedules by which something may fall due."""
    running = ReportSchedule.objects.filter(state=ReportSchedule.State.RUNNING)
    return running.select_related("call", "country").order_by("pk")


@for_system("the dates of schedules that the page has found")
def with_dates(schedules: QuerySet[ReportSchedule]) -> QuerySet[ReportSchedule]:
    """The schedules with what tells the next dates, so that a list asks nothing for each of them."""
    entries = LedgerEntry.objects.filter(call=OuterRef("call")).order_by()
    begun = entries.values("call").annotate(first=Min("day")).values("first")
    place = Coalesce(OuterRef("country"), Value(""))
    made = _made_of(OuterRef("kind"), OuterRef("call"), place, OuterRef("frequency"))
    newest = made.order_by("-last").values("last")[:1]
    return schedules.annotate(laid_until=Subquery(newest), begun_on=Subquery(begun))


def _dates_of(schedule: ReportSchedule) -> tuple[date | None, date | None]:
    """The last day of the newest period that fell due, and the day on which the ledger begins."""
    if hasattr(schedule, "begun_on"):
        return schedule.laid_until, schedule.begun_on  # type: ignore[attr-defined]
    return _made_by(schedule).aggregate(last=Max("last"))["last"], first_day_of(schedule.call)


def begins_on(schedule: ReportSchedule) -> date | None:
    """The day on which the ledger of its call begins; None while it is empty."""
    return first_day_of(schedule.call)


def _made_by(schedule: ReportSchedule) -> QuerySet[ScheduledReport]:
    """What fell due of the report of a schedule, by it or by one that was ended before."""
    return _made_of(schedule.kind, schedule.call_id, schedule.country_id or "", schedule.frequency)


@for_system("which periods are made, of schedules that are found by who may read them")
def _made_of(kind: Any, call: Any, country: Any, frequency: Any) -> QuerySet[ScheduledReport]:
    """What fell due of one report, by whichever schedule; `country` is empty for all of them."""
    runs = ScheduledReport.objects.alias(place=Coalesce("schedule__country", Value("")))
    return runs.filter(
        place=country,
        schedule__kind=kind,
        schedule__call=call,
        schedule__frequency=frequency,
    )


def periods_to_come(schedule: ReportSchedule) -> Iterator[DuePeriod]:
    """The periods that did not fall due yet, in their order: without an end, where it has none.

    What was over before the schedule was set, or changed, is due on that day at the earliest, and
    nothing before it starts. Of days before the ledger of the call began there is nothing to report:
    none while it is empty.
    """
    made, begun = _dates_of(schedule)
    if begun is None:
        return
    earliest = max(day_of(schedule.set_at), schedule.starts_on)
    for period in periods_from(schedule.reports_from, schedule.frequency, schedule.due_day):
        if schedule.ends_on is not None and period.due_on > schedule.ends_on:
            return
        if made is not None and period.last <= made:
            continue
        if period.last >= begun:
            yield DuePeriod(max(period.due_on, earliest), period.first, period.last)


def periods_fallen_due(schedule: ReportSchedule) -> list[DuePeriod]:
    """The periods that are due by now and were not made, in their order."""
    now = today()
    return list(takewhile(lambda period: period.due_on <= now, periods_to_come(schedule)))


def next_periods(schedule: ReportSchedule, number: int = NEXT) -> list[DuePeriod]:
    """The next periods that fall due; none unless the schedule runs."""
    return list(islice(periods_to_come(schedule), number)) if schedule.is_running else []


def to_make_now(schedule: ReportSchedule) -> DuePeriod | None:
    """The newest period that is over, where the schedule runs and its report was not made yet."""
    period = newest_ended(schedule.frequency, schedule.due_day, today())
    is_made = _made_by(schedule).filter(first=period.first).exists()
    return period if schedule.is_running and not is_made else None


def hearers_of(schedule: ReportSchedule) -> list[User]:
    """The people who hear of the reports of a schedule, by name."""
    found = schedule.hearers.filter(until=None).select_related("person")
    return [hearer.person for hearer in found.order_by("person__full_name", "pk")]


@for_system("who of those that hear of a report may read it")
def readers_among(people: Collection[User], of: PeriodReport | ReportSchedule) -> set[User]:
    """Those of the people who may read a report now, as `may_read_period_report`; two queries."""
    read_roles(people)
    recusals = Recusal.objects.filter(about_what_is_told(of), person__in=people)
    recused = set(recusals.values_list("person_id", flat=True))
    return {
        one
        for one in people
        if one.is_active and one.pk not in recused and may_read_unless_recused.test(one, of)
    }


@for_system("who is told that nobody issues a report by itself")
def setters_of(schedule: ReportSchedule) -> list[User]:
    """Everybody who may set this schedule, and so issue what waits by it; as `may_set_schedule`."""
    recusals = Recusal.objects.filter(about_what_is_told(schedule), person=OuterRef("pk"))
    return list(people_holding(Role.COORDINATOR).exclude(Exists(recusals)))


def former_hearers_of(schedule: ReportSchedule) -> QuerySet[Hearer]:
    """Those who hear of them no more, the latest first."""
    return schedule.hearers.exclude(until=None).select_related("person").order_by("-until", "-pk")


@for_system("coordinators choose among everybody who may read some report")
def people_who_may_hear(schedule: ReportSchedule | None = None) -> QuerySet[User]:
    """Everybody who may read reports of some country, by name; and who hears of `schedule` today."""
    readers = [Role.COORDINATOR, Role.FINANCE, Role.AUDITOR, Role.OFFICER]
    held = RoleGrant.objects.filter(user=OuterRef("pk"), role__in=readers, revoked_at=None)
    hearing = Hearer.objects.filter(person=OuterRef("pk"), schedule=schedule, until=None)
    people = User.objects.filter(Q(Exists(held), is_active=True) | Q(Exists(hearing)))
    return people.order_by("full_name", "pk")


@for_system("whether files are made, of runs that are found by who may read them")
def _files(**given: object) -> QuerySet[Document]:
    """The documents that hold of the report of the outer run."""
    return Document.objects.filter(
        content_type=ContentType.objects.get_for_model(PeriodReport),
        object_id=Cast(OuterRef("report_id"), CharField()),
        validity=Document.Validity.CURRENT,
        **given,
    )


def _with_schedule(runs: QuerySet[ScheduledReport]) -> QuerySet[ScheduledReport]:
    return runs.select_related("schedule__call", "schedule__country").order_by("due_on", "pk")


def runs_of(schedule: ReportSchedule, number: int) -> list[ScheduledReport]:
    """The newest of what fell due by a schedule, each with whom it was told (`told`)."""
    told = Prefetch("hearings", Hearing.objects.select_related("person").order_by("pk"), "told")
    newest = schedule.runs.order_by("-last").select_related("report", "passed_by")
    return list(newest.prefetch_related(told)[:number])
