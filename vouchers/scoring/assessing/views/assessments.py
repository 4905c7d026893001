"""The page on which an assessor scores: filled in, submitted, taken up again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.queries.history import timeline
from conduct.views import ask_why, refusal_beside
from vouchers.applications.queries import filled_form
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.forms.assessments import AssessmentForm
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.assessing.permissions import may_score
from vouchers.scoring.assessing.queries.assessments import assessment_of, assessments_beside
from vouchers.scoring.assessing.queries.assignments import assignments_of
from vouchers.scoring.assessing.queries.worklist import next_after, progress_in
from vouchers.scoring.rounds.models import ScoringRound

from .conflicts import declare
from .saving import keep_typed, submit
from .score_sheet import sheet_of


@login_required
@never_cache
def assignment(request: PersonRequest, pk: int) -> HttpResponse:
    """An assessor's own page: the declaration first, then content and scores."""
    found = get_object_or_404(assignments_of(request.user), pk=pk)
    if found.state == Assignment.State.ASSIGNED:
        return declare(request, found)
    # A window that still shows the sheet gets back what it typed, and why that is not saved.
    if found.state == Assignment.State.SCORED and request.method != "POST":
        return read_own(request, found)
    return score(request, found)


def score(request: PersonRequest, found: Assignment) -> HttpResponse:
    """The application beside the score sheet. “Save” works without JavaScript."""
    form = _form(request, found)
    if request.method != "POST":
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form)
    with refusal_beside(form):
        overtaken = keep_typed(found, form, request)
        if overtaken:
            return _page(request, found, _as_seen(request, found), overtaken=overtaken)
        if request.POST.get("go") != "submit":
            messages.success(request, _("Your scores are saved; you can go on later."))
            return redirect(found)
        problems = actions.problems_before_submitting(assessment_of(found))
        if not problems:
            return redirect(submit(found, request))
        form = _as_seen(request, found)
        form.full_clean()
        form.mark(problems)
        return _page(request, found, form, is_saved=True)
    return _page(request, found, form)


@login_required
def correct(request: PersonRequest, pk: int) -> HttpResponse:
    """Take submitted scores up again, with the reason."""
    found = get_object_or_404(assignments_of(request.user), pk=pk)
    require(may_score, request.user, found)
    return ask_why(
        request,
        lambda reason: actions.correct_assessment(found, reason=reason, by=request.user),
        about=found.application,
        heading=_("Correct your scores"),
        label=_("Take up again"),
        told=_("Your scores are open again. They count once you submit them."),
        back=found.get_absolute_url(),
        hint=_(
            "It stays in the history. Until you submit again your scores do not count, and you do "
            "not see what others gave."
        ),
    )


def read_own(request: PersonRequest, found: Assignment) -> HttpResponse:
    """What the assessor submitted, and what others gave."""
    context = {
        **_about(request, found),
        "filled": filled_form(found.application),
        "assessment": found.assessment,
        "scores": found.assessment.scores.select_related("criterion"),
        "beside": assessments_beside(found),
        "entries": timeline(found),
    }
    return render(request, "scoring/scored.html", context)


def _form(request: HttpRequest, found: Assignment) -> AssessmentForm:
    return AssessmentForm(
        request.POST if request.method == "POST" else None,
        call=found.application.call,
        assessment=assessment_of(found),
    )


def _as_seen(request: HttpRequest, found: Assignment) -> AssessmentForm:
    """What was typed, over the versions that are saved now: the person sees what another window saved."""
    form = _form(request, found)
    data = request.POST.copy()
    for key, version in form.versions().items():
        data[f"seen_{key}"] = str(version)
    return AssessmentForm(data, call=found.application.call, assessment=form.assessment)


def _page(
    request: PersonRequest,
    found: Assignment,
    form: AssessmentForm,
    *,
    overtaken: list[int] | None = None,
    is_saved: bool = False,
) -> HttpResponse:
    context = {
        **_about(request, found),
        "form": form,
        "is_saved": is_saved,
        "sheet": sheet_of(form, filled_form(found.application), overtaken=overtaken or []),
    }
    return render(request, "scoring/score.html", context)


def _about(request: PersonRequest, found: Assignment) -> dict[str, Any]:
    call = found.application.call
    return {
        "assignment": found,
        "application": found.application,
        "scoring_round": ScoringRound.objects.filter(call=call).first(),
        "progress": progress_in(request.user, call),
        "next": next_after(found),
    }
