"""Following an application."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.middleware import PersonRequest
from accounts.models import User
from accounts.permissions import is_coordinator, is_officer
from conduct.queries.history import timeline
from documents.queries import documents_about
from vouchers.applications import queries
from vouchers.applications.letters import DRAFT
from vouchers.applications.models import Application
from vouchers.applications.permissions import may_submit_application, represents_applicant
from vouchers.applications.steps import application_step


@login_required
def detail(request: PersonRequest, pk: int) -> HttpResponse:
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
            "documents": documents_about(*queries.records_with_letters(application)).exclude(
                kind=DRAFT.slug
            ),
            "declaration": queries.declaration_of(application),
            "step": application_step(application, request.user),
            "may_withdraw": _may_withdraw(request.user, application),
            "may_reopen": _may_reopen(request.user, application),
            "represents": represents_applicant.test(request.user, application),
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


def _may_reopen(user: User, application: Application) -> bool:
    return (
        application.state == Application.State.SUBMITTED
        and application.call.is_accepting
        and may_submit_application.test(user, application)
        and not queries.is_being_checked(application)
    )
