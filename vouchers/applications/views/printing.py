"""A draft on paper, made when somebody asks for it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from documents.actions import issue_document
from vouchers.applications import queries
from vouchers.applications.letters import DRAFT, draft_facts
from vouchers.applications.models import Application
from vouchers.applications.permissions import represents_applicant


@login_required
@require_POST
def print_draft(request: PersonRequest, pk: int) -> HttpResponse:
    """The draft as a PDF; the one that is there serves as long as nothing has changed."""
    application = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    require(represents_applicant, request.user, application)
    require_state(application, Application.State.DRAFT)
    with translation.override(application.language):
        facts = draft_facts(application)
    return redirect(
        issue_document(DRAFT, application, facts, language=application.language, by=request.user)
    )
