"""A score sheet on paper, made when somebody asks for it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from accounts.models import User
from documents.actions import issue_document
from documents.kinds import DocumentKind
from vouchers.scoring.assessing.letters import DRAFT_SHEET, GRID, SHEET, score_sheet_facts
from vouchers.scoring.assessing.models import Assessment
from vouchers.scoring.assessing.permissions import may_print_as_assessor, may_print_submitted
from vouchers.scoring.assessing.queries.assessments import assessment_to_print


@login_required
@require_POST
def print_sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """The sheet of an assignment as a PDF: blank where that is asked for or nothing is scored yet.

    Others than the assessor get what was submitted, and that only.
    """
    found = assessment_to_print(pk)
    if found is None:
        raise Http404
    kind = _kind(request.user, found, blank="blank" in request.POST)
    facts = score_sheet_facts(found, blank=kind is GRID)
    document = issue_document(
        kind,
        found,
        facts,
        language=get_language() or "en",
        by=request.user,
        reference=found.assignment.application.reference or "",
    )
    return redirect(document)


def _kind(user: User, assessment: Assessment, *, blank: bool) -> DocumentKind:
    """Which sheet the person may have; 404 for none."""
    is_submitted = assessment.state == Assessment.State.SUBMITTED
    if is_submitted and not blank and may_print_submitted.test(user, assessment):
        return SHEET
    if not may_print_as_assessor.test(user, assessment):
        raise Http404
    scored = any(
        score.value is not None or score.strengths or score.weaknesses
        for score in assessment.scores.all()
    )
    return DRAFT_SHEET if scored and not blank else GRID
