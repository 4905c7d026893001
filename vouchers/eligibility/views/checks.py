"""Checking whether applications may be scored, one after the other."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import OutOfOrder, require, require_state
from conduct.views import ask_why, refusal_beside
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to, filled_form
from vouchers.eligibility import actions, queries
from vouchers.eligibility.forms import CheckForm
from vouchers.eligibility.panels import duplicates_for
from vouchers.eligibility.permissions import may_check_eligibility


@login_required
def check(request: PersonRequest, pk: int) -> HttpResponse:
    """Application and checklist side by side; 'later' keeps what is typed, 'record' decides."""
    application = _to_check(request, pk)
    form = _check_form(request, application)
    if request.method == "POST" and "later" in request.POST:
        actions.save_check_draft(application, form.typed(), by=request.user)
        messages.success(request, _("Your draft of the check is saved."))
        return redirect(queries.next_to_check(request.user, application) or application)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.check_eligibility(
                application,
                form.verdicts(),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
            messages.success(request, _("The check is recorded, and the cluster is told."))
            return redirect(application)
    context = {
        "application": application,
        "form": form,
        "filled": filled_form(application),
        "following": queries.next_to_check(request.user, application),
        "colleagues": queries.others_checking(application, request.user),
        "clarifications": application.clarifications.all(),
        **duplicates_for(application, request.user),
    }
    return render(request, "eligibility/check.html", context)


@login_required
@require_POST
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep a check while it is being filled in."""
    application = _to_check(request, pk)
    form = _check_form(request, application)
    try:
        saved = actions.save_check_draft(application, form.typed(), by=request.user)
    except OutOfOrder:
        return render(request, "eligibility/_too_late.html")
    return render(request, "eligibility/_saved.html", {"saved": saved})


@login_required
def reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a check back, with the reason."""
    application = get_object_or_404(applications_visible_to(request.user), pk=pk)
    require(may_check_eligibility, request.user, application)
    return ask_why(
        request,
        lambda reason: actions.reopen_check(application, reason=reason, by=request.user),
        about=application,
        heading=_("Open the eligibility check again"),
        label=_("Open the check again"),
        told=_("The check is open again, and the cluster is told."),
        back=application,
    )


def _to_check(request: PersonRequest, pk: int) -> Application:
    """The application, to an officer who may check it."""
    found = applications_visible_to(request.user).select_related("cluster__country")
    application = get_object_or_404(found, pk=pk)
    require(may_check_eligibility, request.user, application)
    if request.method == "GET":
        require_state(application, Application.State.SUBMITTED)
    return application


def _check_form(request: PersonRequest, application: Application) -> CheckForm:
    checklist = queries.Checklist(application)
    kept = queries.draft_of(application, request.user)
    return CheckForm(
        request.POST or None,
        rules=checklist.rules,
        automatic=checklist.automatic(),
        typed=kept.typed if kept else {},
    )
