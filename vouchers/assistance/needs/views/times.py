"""The times of a meeting: agreed to, answered with others, moved, and left as they were."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.forms import saves_rows, typed_rows
from conduct.views import refusal_beside
from vouchers.assistance.needs import actions, queries
from vouchers.assistance.needs.forms.meetings import MoveForm, MoveReasonForm, TimeFormSet
from vouchers.assistance.needs.models import Meeting
from vouchers.assistance.needs.permissions import is_organising, sits_at_the_table

from .finding import found_meeting


@login_required
@require_POST
def agree(request: PersonRequest, slot_pk: int) -> HttpResponse:
    """Agree to one of the times that the other side proposed."""
    slot = get_object_or_404(queries.slots_visible_to(request.user), pk=slot_pk)
    meeting = actions.agree_to_time(slot, by=request.user)
    messages.success(request, _("Agreed. Everybody gets the meeting for their calendar by e-mail."))
    return redirect(meeting)


@login_required
def propose_times(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer with other times, or ask for another one than was agreed."""
    found = found_meeting(request, pk)
    require(sits_at_the_table, request.user, found)
    if request.method == "GET":
        require_state(found, Meeting.State.PROPOSED, Meeting.State.AGREED)
    agreed = found.state == Meeting.State.AGREED
    form = (MoveReasonForm if agreed else forms.Form)(request.POST or None)
    formset = TimeFormSet(typed_rows(request))
    if saves_rows(request) and form.is_valid() & formset.is_valid():
        with refusal_beside(form):
            reason = form.cleaned_data.get("reason", "")
            actions.propose_times(found, times=formset.times(), by=request.user, reason=reason)
            messages.success(request, _("Proposed. The other side is told, and chooses a time."))
            return redirect(found)
    context = {"form": form, "formset": formset, "meeting": found, "voucher": found.voucher}
    return render(request, "needs/times.html", context)


@login_required
def move(request: PersonRequest, pk: int) -> HttpResponse:
    """Move an agreed meeting to another time."""
    found = found_meeting(request, pk)
    require(is_organising, request.user, found)
    if request.method == "GET":
        require_state(found, Meeting.State.AGREED)
    form = MoveForm(request.POST or None, initial={"starts_at": found.starts_at})
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.move_meeting(found, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("The meeting is moved. Everybody gets the new time by e-mail.")
            )
            return redirect(found)
    return render(
        request, "needs/move.html", {"form": form, "meeting": found, "voucher": found.voucher}
    )


@login_required
@require_POST
def keep(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave an agreed meeting at its time."""
    found = found_meeting(request, pk)
    actions.keep_time(found, by=request.user)
    messages.success(request, _("The meeting stays at its time, and the other side is told."))
    return redirect(found)
