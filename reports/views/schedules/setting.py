"""Setting a schedule of reports, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from accounts.models import User
from conduct.actions import require
from conduct.queries.days import today
from conduct.views import refusal_beside
from reports import actions
from reports.forms import ScheduleChangeForm, ScheduleForm
from reports.models import ReportSchedule
from reports.permissions import may_set_schedule, may_set_some_schedule

from .finding import schedule_or_404


@login_required
def new_schedule(request: PersonRequest) -> HttpResponse:
    """Set a schedule; the address may name kind, call and country to begin with."""
    if not may_set_some_schedule.test(request.user):
        raise Http404
    form = ScheduleForm(request.POST or None, user=request.user, initial=_begun(request))
    _require_known(form)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            made = actions.set_schedule(by=request.user, **form.chosen)
            messages.success(request, _("The schedule is set."))
            return redirect(made)
    return render(request, "reports/schedules/new.html", {"form": form})


@login_required
def change_schedule(request: PersonRequest, pk: int) -> HttpResponse:
    """Change when reports fall due, until when, how they are sent, and who hears of them."""
    schedule = schedule_or_404(request.user, pk)
    require(may_set_schedule, request.user, schedule)
    form = ScheduleChangeForm(request.POST or None, schedule=schedule)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            _change(schedule, form, request.user)
            messages.success(request, _("The schedule is changed."))
            return redirect(schedule)
    return render(request, "reports/schedules/change.html", {"form": form, "schedule": schedule})


def _change(schedule: ReportSchedule, form: ScheduleChangeForm, by: User) -> None:
    seen = form.cleaned_data["seen"]
    try:
        actions.change_schedule(schedule, form.terms, by=by, seen=seen)
    except actions.ScheduleChanged as changed:
        form.now_seen(changed.version)
        raise


def _begun(request: PersonRequest) -> dict[str, object]:
    named = {name: request.GET[name] for name in ("kind", "call", "country") if name in request.GET}
    return {"starts_on": today(), **named}


def _require_known(form: ScheduleForm) -> None:
    """Answer 404 to an address that names a report, call or country that the person does not see."""
    for name in ("kind", "call", "country"):
        if named := form.initial.get(name):
            try:
                form.fields[name].clean(named)
            except ValidationError as unknown:
                raise Http404 from unknown
