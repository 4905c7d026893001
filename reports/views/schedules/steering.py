"""One schedule: what comes next, what was made, who hears of it; and how it is paused and ended."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from accounts.models import User
from conduct.queries.history import timeline
from reports import actions
from reports.models import ReportSchedule
from reports.permissions import may_set_schedule
from reports.queries import (
    begins_on,
    former_hearers_of,
    hearers_of,
    next_periods,
    readers_among,
    runs_of,
    to_make_now,
)

from .finding import schedule_or_404

# Two years of months.
SHOWN = 24


@login_required
@require_safe
def schedule(request: PersonRequest, pk: int) -> HttpResponse:
    """One schedule, with the next dates and what became of the newest."""
    found = schedule_or_404(request.user, pk)
    runs = runs_of(found, SHOWN)
    context = {
        "schedule": found,
        "next": next_periods(found),
        "begun": begins_on(found),
        "now": to_make_now(found),
        "runs": runs,
        "shown": SHOWN,
        "hearers": _hearers(found),
        "former": former_hearers_of(found),
        "may_set": may_set_schedule.test(request.user, found),
        "entries": timeline(found, *runs),
    }
    return render(request, "reports/schedules/schedule.html", context)


@login_required
@require_POST
def pause_schedule(request: PersonRequest, pk: int) -> HttpResponse:
    """Let nothing fall due until it is resumed."""
    told = _("The schedule rests: nothing falls due until somebody resumes it.")
    return _done(request, pk, actions.pause_schedule, told)


@login_required
@require_POST
def resume_schedule(request: PersonRequest, pk: int) -> HttpResponse:
    """Let reports fall due again, from today on."""
    told = _("The schedule runs again. What fell due while it rested is not made.")
    return _done(request, pk, actions.resume_schedule, told)


@login_required
@require_POST
def end_schedule(request: PersonRequest, pk: int) -> HttpResponse:
    """Let nothing fall due any more."""
    return _done(request, pk, actions.end_schedule, _("The schedule is ended."))


@login_required
@require_POST
def make_now(request: PersonRequest, pk: int) -> HttpResponse:
    """Make the report of the newest period that is over, without waiting for its day."""
    return _done(request, pk, actions.make_now, _("The report is being prepared."))


def _done(
    request: PersonRequest, pk: int, conduct: Callable[..., object], told: str
) -> HttpResponse:
    found = schedule_or_404(request.user, pk)
    conduct(found, by=request.user)
    messages.success(request, told)
    return redirect(found)


def _hearers(found: ReportSchedule) -> list[tuple[User, bool]]:
    """Who hears of it, each with whether they may read it today."""
    people = hearers_of(found)
    readers = readers_among(people, found)
    return [(one, one in readers) for one in people]
