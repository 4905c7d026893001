"""A session: logged, read, confirmed, returned, logged anew and taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.queries.days import today
from conduct.queries.history import timeline
from conduct.views import ask_why, refusal_beside
from vouchers.assistance.delivery import actions, queries
from vouchers.assistance.delivery.forms.sessions import SessionForm
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.panels import log_context, rights_on
from vouchers.assistance.delivery.permissions import (
    may_confirm_for_cluster,
    may_log_session,
    may_withdraw_session,
)
from vouchers.awards.models import Voucher

from .finding import found_session, found_voucher

LOG_ANOTHER = "another"


@login_required
def log(request: PersonRequest, pk: int) -> HttpResponse:
    """Log a session of a voucher; what the last one said of expert and place is filled in."""
    voucher = found_voucher(request, pk)
    require(may_log_session, request.user, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    now = today(voucher.country.zone)
    form = SessionForm(
        request.POST or None,
        call=voucher.award.application.call,
        milestones=queries.milestones_to_log(voucher),
        latest=now,
        initial={"day": now, **queries.said_last(voucher, request.user)},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.log_session(form.cleaned_data["milestone"], form.said(), by=request.user)
            messages.success(request, _("Logged. A manager of the cluster confirms it."))
            another = LOG_ANOTHER in request.POST
            return redirect("delivery:log", voucher.pk) if another else redirect(voucher)
    return render(request, "delivery/log.html", log_context(voucher, form))


@login_required
def session(request: PersonRequest, pk: int) -> HttpResponse:
    """One session, and what the person can do about it."""
    found = found_session(request, pk)
    context: dict[str, Any] = {
        "session": found,
        "voucher": found.voucher,
        "may": rights_on(found, request.user),
        "pictures": queries.pictures_of(found),
        "entries": timeline(found),
    }
    return render(request, "delivery/session.html", context)


@login_required
def log_anew(request: PersonRequest, pk: int) -> HttpResponse:
    """Mend a session that was returned."""
    found = found_session(request, pk)
    voucher = found.voucher
    require(may_log_session, request.user, voucher)
    if request.method == "GET":
        require_state(found, Session.State.RETURNED)
    form = SessionForm(
        request.POST or None,
        instance=found,
        call=voucher.award.application.call,
        milestones=queries.milestones_to_log(voucher),
        latest=today(voucher.country.zone),
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            milestone = form.cleaned_data["milestone"]
            actions.log_session_anew(found, milestone, form.said(), by=request.user)
            messages.success(request, _("Logged anew. A manager of the cluster confirms it."))
            return redirect(found)
    return render(request, "delivery/log.html", {**log_context(voucher, form), "session": found})


@login_required
@require_POST
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Confirm a session for the cluster."""
    found = found_session(request, pk)
    actions.confirm_session(found, by=request.user)
    messages.success(request, _("The session is confirmed."))
    return redirect(found.voucher.get_absolute_url() + "#sessions")


@login_required
def return_session(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a session back to who logged it."""
    found = found_session(request, pk)
    require(may_confirm_for_cluster, request.user, found.voucher)
    return ask_why(
        request,
        lambda reason: actions.return_session(found, reason=reason, by=request.user),
        about=found,
        heading=_("Return the session"),
        label=_("Return"),
        told=_("The session is returned to who logged it."),
        back=found,
        hint=_("Who logged it reads the reason, and can log it anew."),
    )


@login_required
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a session back for good."""
    found = found_session(request, pk)
    require(may_withdraw_session, request.user, found)
    return ask_why(
        request,
        lambda reason: actions.withdraw_session(found, reason=reason, by=request.user),
        about=found,
        heading=_("Take the session back"),
        label=_("Take back"),
        told=_("The session is taken back: its hours count no more."),
        back=found,
        hint=_("The session stays in the list as taken back, with the reason."),
    )
