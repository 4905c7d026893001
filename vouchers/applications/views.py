"""Sending an application, taking it back, and following it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.permissions import is_coordinator, is_officer
from documents.queries import documents_about
from records.acting import require
from records.history import timeline
from records.views import refusal_beside

from . import actions, queries
from .forms import WithdrawalForm
from .models import Application
from .permissions import may_submit_application
from .steps import application_step
from .writing import draft_for


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """A last look at a draft, with what is still missing, before it is sent."""
    application = draft_for(request, pk)
    return render(
        request,
        "applications/review.html",
        {
            "application": application,
            "filled": queries.filled_form(application),
            "problems": actions.problems_before_sending(application),
            "may_send": may_submit_application.test(request.user, application),
        },
    )


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to the country partner."""
    application = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    application = actions.submit_application(application, by=request.user)
    messages.success(
        request,
        _("Your application arrived. Its reference is %(reference)s.")
        % {"reference": application.reference},
    )
    return redirect(application)


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an application back."""
    application = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    require(may_submit_application, request.user, application)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.withdraw_application(application, by=request.user, **form.cleaned_data)
            messages.success(request, _("The application is withdrawn."))
            return redirect(application)
    return render(request, "applications/withdraw.html", {"application": application, "form": form})


@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One application with everything that belongs to it."""
    application = get_object_or_404(
        queries.applications_visible_to(request.user).select_related("country__partner"), pk=pk
    )
    return render(
        request,
        "applications/detail.html",
        {
            "application": application,
            "filled": queries.filled_form(application),
            "documents": documents_about(*queries.records_with_letters(application)),
            "step": application_step(application, request.user),
            "may_withdraw": _may_withdraw(request.user, application),
            "may_score_list": is_officer.test(request.user) or is_coordinator.test(request.user),
            "entries": timeline(application),
        },
    )


def _may_withdraw(user: User, application: Application) -> bool:
    undecided = application.state in (
        Application.State.DRAFT,
        Application.State.SUBMITTED,
        Application.State.ELIGIBLE,
    )
    return undecided and may_submit_application.test(user, application)
