"""A meeting: proposed, read, cancelled, and written down once it was held."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from clusters.queries import writers_for
from conduct.actions import require, require_state
from conduct.forms import saves_rows, typed_rows
from conduct.queries.history import timeline
from conduct.views import ask_why, refusal_beside
from vouchers.assistance.needs import actions, queries
from vouchers.assistance.needs.forms.meetings import (
    AttendanceFormSet,
    CorrectedForm,
    HeldForm,
    MeetingForm,
    TimeFormSet,
)
from vouchers.assistance.needs.models import Meeting
from vouchers.assistance.needs.models.meetings import Side
from vouchers.assistance.needs.panels import rights_on
from vouchers.assistance.needs.permissions import (
    is_organising,
    may_propose_meeting,
    sits_at_the_table,
)
from vouchers.awards.models import Voucher

from .finding import found_meeting, found_voucher


@login_required
def propose(request: PersonRequest, pk: int) -> HttpResponse:
    """Propose a meeting about a voucher, at several times."""
    voucher = found_voucher(request, pk)
    require(may_propose_meeting, request.user, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    form = MeetingForm(request.POST or None)
    formset = TimeFormSet(typed_rows(request))
    if saves_rows(request) and form.is_valid() & formset.is_valid():
        with refusal_beside(form):
            meeting = actions.propose_meeting(
                voucher, times=formset.times(), by=request.user, **form.cleaned_data
            )
            messages.success(request, _("Proposed. The other side is told, and chooses a time."))
            return redirect(meeting)
    context = {"form": form, "formset": formset, "voucher": voucher}
    return render(request, "needs/propose.html", context)


@login_required
def meeting(request: PersonRequest, pk: int) -> HttpResponse:
    """A meeting, and what the person can do about it."""
    found = found_meeting(request, pk)
    lists = queries.attendance_lists(found)
    corrections = [one.correction for one in lists if one.correction is not None]
    return render(
        request,
        "needs/meeting.html",
        {
            "meeting": found,
            "voucher": found.voucher,
            "slots": queries.open_slots(found),
            "lists": lists,
            "may": rights_on(found, request.user),
            "entries": timeline(found, *corrections),
        },
    )


@login_required
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a meeting back."""
    found = found_meeting(request, pk)
    require(sits_at_the_table, request.user, found)
    return ask_why(
        request,
        lambda reason: actions.cancel_meeting(found, reason=reason, by=request.user),
        about=found,
        heading=_("Cancel the meeting"),
        label=_("Cancel the meeting"),
        told=_("The meeting is cancelled, and everybody is told."),
        back=found,
        hint=_("Everybody who was invited reads the reason, in their calendar too."),
    )


@login_required
def hold(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down that a meeting was held, and who was there."""
    found = found_meeting(request, pk)
    require(is_organising, request.user, found)
    if request.method == "GET":
        require_state(found, Meeting.State.AGREED)
    form = HeldForm(request.POST or None)
    formset = AttendanceFormSet(typed_rows(request), initial=_invited(found))
    if saves_rows(request) and form.is_valid() & formset.is_valid():
        with refusal_beside(form):
            actions.hold_meeting(
                found,
                attendance=formset.attendance(),
                by=request.user,
                notes=form.cleaned_data["notes"],
            )
            messages.success(request, _("The meeting is written down."))
            return redirect(found)
    context = {"form": form, "formset": formset, "meeting": found, "voucher": found.voucher}
    return render(request, "needs/hold.html", context)


@login_required
def correct_attendance(request: PersonRequest, pk: int) -> HttpResponse:
    """Write anew who was at a meeting that was held, with a reason."""
    found = found_meeting(request, pk)
    require(is_organising, request.user, found)
    if request.method == "GET":
        require_state(found, Meeting.State.HELD)
    form = CorrectedForm(request.POST or None, initial={"seen": found.attendance_number})
    formset = AttendanceFormSet(
        typed_rows(request), initial=[vars(person) for person in actions.listed_at(found)]
    )
    if saves_rows(request) and form.is_valid() & formset.is_valid():
        with refusal_beside(form):
            actions.correct_attendance(
                found, attendance=formset.attendance(), by=request.user, **form.cleaned_data
            )
            messages.success(request, _("The list is corrected. The one before is kept."))
            return redirect(found)
    context = {"form": form, "formset": formset, "meeting": found, "voucher": found.voucher}
    return render(request, "needs/attendance.html", context)


def _invited(found: Meeting) -> list[dict[str, object]]:
    """Whom the list names at first: the organiser, and who writes for the cluster."""
    cluster = found.voucher.award.application.cluster
    partner = found.voucher.country.partner
    rows: list[dict[str, object]] = []
    if found.organiser is not None:
        rows.append(
            {"name": str(found.organiser), "side": Side.PARTNER, "organisation": partner.name}
        )
    rows += [
        {"name": str(person), "side": Side.CLUSTER, "organisation": cluster.name}
        for person in writers_for(cluster).order_by("pk")
    ]
    return [{**row, "was_present": True} for row in rows]
