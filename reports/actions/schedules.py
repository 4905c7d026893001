"""Setting, changing, pausing, resuming and ending what is reported by itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Country
from conduct.actions import Refused, action, constraints_of, judged, locked, move, require
from conduct.queries.days import today
from documents.wording import day
from reports.models import Hearer, ReportSchedule
from reports.permissions import may_set_schedule
from reports.queries import hearers_of, readers_among
from reports.rules.schedules import periods_due
from vouchers.calls.models import Call

from .due import lay_due


@dataclass(frozen=True)
class ScheduleTerms:
    """What of a schedule may be changed later: when, until when, how it is sent, and who hears of it.

    `due_day` is the day of the month after the period; `ends_on` the last day on which anything falls
    due (None: until somebody ends it).
    """

    due_day: int
    ends_on: date | None
    sends_at_once: bool
    hearers: Collection[User]


class ScheduleChanged(Refused):
    """Somebody else changed the schedule since the person looked: it is of `version` now."""

    def __init__(self, schedule: ReportSchedule) -> None:
        super().__init__(
            _(
                "%(name)s has changed this schedule meanwhile. What you typed is kept: compare it"
                " with the schedule as it is now, and send it again."
            )
            % {"name": f"\u2068{schedule.set_by}\u2069"}
        )
        self.version = schedule.version


@action(gettext_lazy("Schedule of reports set"))
def set_schedule(
    call: Call,
    *,
    kind: str,
    country: Country | None,
    frequency: str,
    starts_on: date,
    terms: ScheduleTerms,
    by: User,
) -> ReportSchedule:
    """Let a report of a call, or of a country in it, be made of every period from `starts_on`.

    Raises NotAllowed, or Refused (beside its field) for days, a country or people that do not fit,
    and where there is such a schedule.
    """
    call = locked(call)
    schedule = ReportSchedule(
        kind=kind,
        call=call,
        country=country,
        frequency=frequency,
        due_day=terms.due_day,
        starts_on=starts_on,
        ends_on=terms.ends_on,
        sends_at_once=terms.sends_at_once,
        set_by=by,
    )
    require(may_set_schedule, by, schedule)
    if call.state == Call.State.DRAFT:
        raise Refused(_("This call is a draft: nothing is reported of it."), field="call")
    if country is not None and not call.quotas.filter(country=country).exists():
        raise Refused(_("This country takes no part in the call: choose another."), field="country")
    if starts_on < today():
        raise Refused(_("Choose today or a later day."), field="starts_on")
    _require_terms(schedule, terms)
    schedule.reports_from = _first_period(frequency, terms.due_day, starts_on)
    with constraints_of(ReportSchedule):
        schedule.save(force_insert=True)
    _let_hear(schedule, terms.hearers)
    return schedule


@action(gettext_lazy("Schedule of reports changed"))
def change_schedule(
    schedule: ReportSchedule, terms: ScheduleTerms, *, by: User, seen: int | None = None
) -> ReportSchedule:
    """Change when reports fall due, until when, how they are sent, and who hears of them.

    What is due by now is still made as it was set. `seen` is the version that the person had before
    them; None where nobody did. Raises NotAllowed, OutOfOrder once it is ended,
    ScheduleChanged, or Refused (beside its field) for days or people that do not fit.
    """
    schedule = judged(schedule, may_set_schedule, by=by, states=_STANDING)
    if seen is not None and schedule.version != seen:
        raise ScheduleChanged(schedule)
    _require_terms(schedule, terms)
    lay_due(schedule)
    schedule.due_day, schedule.ends_on = terms.due_day, terms.ends_on
    schedule.sends_at_once = terms.sends_at_once
    schedule.set_by, schedule.set_at = by, timezone.now()
    schedule.version += 1
    with constraints_of(ReportSchedule):
        schedule.save()
    _let_hear(schedule, terms.hearers)
    return schedule


@action(gettext_lazy("Schedule of reports paused"))
def pause_schedule(schedule: ReportSchedule, *, by: User) -> ReportSchedule:
    """Let nothing fall due until it is resumed; what is due by now is still made.

    Raises NotAllowed, or OutOfOrder unless it runs.
    """
    return _moved(schedule, ReportSchedule.State.PAUSED, by)


@action(gettext_lazy("Schedule of reports resumed"))
def resume_schedule(schedule: ReportSchedule, *, by: User) -> ReportSchedule:
    """Let reports fall due again, from today on: what fell due meanwhile is not made.

    Raises NotAllowed, or OutOfOrder unless it is paused.
    """
    schedule = judged(schedule, may_set_schedule, by=by)
    move(schedule, ReportSchedule.State.RUNNING)
    since = max(today(), schedule.starts_on)
    resumed = _first_period(schedule.frequency, schedule.due_day, since)
    schedule.reports_from = max(resumed, schedule.reports_from)
    schedule.save(update_fields=["state", "reports_from"])
    return schedule


@action(gettext_lazy("Schedule of reports ended"))
def end_schedule(schedule: ReportSchedule, *, by: User) -> ReportSchedule:
    """Let nothing fall due any more; what is due by now is still made. Raises as `pause_schedule`."""
    return _moved(schedule, ReportSchedule.State.ENDED, by)


_STANDING = (ReportSchedule.State.RUNNING, ReportSchedule.State.PAUSED)


def _moved(schedule: ReportSchedule, state: str, by: User) -> ReportSchedule:
    schedule = judged(schedule, may_set_schedule, by=by, states=_STANDING)
    lay_due(schedule)
    move(schedule, state)
    schedule.save(update_fields=["state"])
    return schedule


def _first_period(frequency: str, due_day: int, since: date) -> date:
    """The first day of the first period that is due on `since` or later."""
    return next(periods_due(frequency, due_day, since)).first


def _require_terms(schedule: ReportSchedule, terms: ScheduleTerms) -> None:
    if terms.due_day not in range(1, 32):
        raise Refused(_("Choose a day from 1 to 31."), field="due_day")
    if terms.ends_on is not None and terms.ends_on < schedule.starts_on:
        raise Refused(
            _("The schedule ends before it starts: choose %(day)s or a later day.")
            % {"day": day(schedule.starts_on)},
            field="ends_on",
        )
    if terms.ends_on is not None and terms.ends_on < today():
        raise Refused(_("Choose today or a later day."), field="ends_on")
    _require_readers(schedule, terms.hearers)


def _require_readers(schedule: ReportSchedule, people: Collection[User]) -> None:
    """Raise Refused unless there is somebody, and each may read what is reported today."""
    if not people:
        raise Refused(_("Choose at least one person who hears of it."), field="hearers")
    heard = set(hearers_of(schedule)) if schedule.pk else set()
    # Who was chosen before and may read it no longer is told nothing, and may stay on the list.
    fitting = heard | readers_among(people, schedule)
    barred = [str(one) for one in people if one not in fitting]
    if barred:
        raise Refused(
            _("These people may not read this report: %(people)s. Take them away.")
            % {"people": ", ".join(f"\u2068{name}\u2069" for name in barred)},
            field="hearers",
        )


def _let_hear(schedule: ReportSchedule, people: Collection[User]) -> None:
    heard = set(hearers_of(schedule))
    gone = heard - set(people)
    schedule.hearers.filter(until=None, person__in=gone).update(until=timezone.now())
    with constraints_of(Hearer):
        Hearer.objects.bulk_create(
            Hearer(schedule=schedule, person=person) for person in people if person not in heard
        )
