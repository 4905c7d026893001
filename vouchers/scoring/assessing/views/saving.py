"""Scores that save themselves while an assessor types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import Refused, require
from drafts.views import Draft, Saved, StandingText, draft_session, save_draft
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.actions import COMMENT
from vouchers.scoring.assessing.forms.assessments import AssessmentForm, as_text
from vouchers.scoring.assessing.models import Assessment, Assignment
from vouchers.scoring.assessing.permissions import may_score
from vouchers.scoring.assessing.queries.assessments import assessment_of
from vouchers.scoring.assessing.queries.assignments import ACTIVE_STATES, ever_assigned_to


class AssessmentDraft(Draft[Assignment]):
    """Scores and their grounds by criterion, the comment as COMMENT.

    The page sends `seconds` spent since the last save, and `submit` to submit. It is told besides:
    `counted`, the seconds that were taken, and `url`, where to go once the scores are submitted.
    """

    request: PersonRequest

    def records(self) -> QuerySet[Assignment]:
        return ever_assigned_to(self.request.user)

    def closed(self, record: Assignment) -> str:
        if record.state in ACTIVE_STATES:
            return ""
        return _(
            "This application is closed to you: you declared a conflict of interest, or the country "
            "partner took it back. Nothing more is saved."
        )

    def saved(self, record: Assignment) -> Saved:
        request = self.request
        require(may_score, request.user, record)
        form = AssessmentForm(
            request.POST, call=record.application.call, assessment=assessment_of(record)
        )
        if not form.is_valid():
            raise Refused(str(next(iter(form.errors.values()))[0]))
        overtaken = keep_typed(record, form, request)
        assessment = assessment_of(record)
        problems = actions.problems_before_submitting(assessment)
        more: dict[str, Any] = {"counted": form.seconds()}
        if "submit" in request.POST and not problems and not overtaken:
            more["url"] = submit(record, request)
        now = AssessmentForm(None, call=record.application.call, assessment=assessment)
        return Saved(
            typed={*form.scores(), *([COMMENT] if form.said() is not None else [])},
            overtaken=overtaken,
            versions=now.versions(),
            standing=lambda key: _standing(assessment, key, now, str(request.user)),
            problems={pk: [problem] for pk, problem in problems.items()},
            more=more,
        )


@require_POST
@never_cache
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Save the scores that were typed, and tell what another window did; or submit them."""
    return save_draft(AssessmentDraft(request), pk)


@never_cache
def session(request: HttpRequest, pk: int) -> JsonResponse:
    """Whose session this is, for a page that was left open."""
    return draft_session(AssessmentDraft(request), pk)


def keep_typed(found: Assignment, form: AssessmentForm, request: PersonRequest) -> list[int]:
    """Keep what a valid form holds; returns the criteria that another window changed meanwhile."""
    return actions.keep_scores(
        found,
        form.scores(),
        comment=form.said(),
        seen=form.seen(),
        seconds=form.seconds(),
        by=request.user,
    )


def submit(found: Assignment, request: PersonRequest) -> str:
    """Submit; returns where to go."""
    actions.submit_assessment(found, by=request.user)
    messages.success(
        request,
        _(
            "Thank you. Your scores are submitted. You can correct them until the scoring is closed."
        ),
    )
    return found.get_absolute_url()


def _standing(assessment: Assessment, key: int, now: AssessmentForm, by: str) -> StandingText:
    """One part of the sheet as it is saved, for a window that shows an older one."""
    score = now.standing.get(key)
    content = {
        "value": as_text(score.value) if score else "",
        "strengths": score.strengths if score else "",
        "weaknesses": score.weaknesses if score else "",
    }
    return StandingText(assessment.comment, [content], by, assessment.saved_at)
