"""Assigning assessors, declaring conflicts, scoring, and reading the ranking."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import is_auditor, is_coordinator, is_officer
from files.serving import preview_picture
from records.acting import require
from records.history import timeline
from records.views import ask_why, refusal_beside
from vouchers.applications.attaching import attachment_file
from vouchers.applications.models import Attachment
from vouchers.applications.queries import SENT, applications_visible_to, filled_form
from vouchers.calls.queries import calls_visible_to

from . import actions, queries
from .forms import AssessmentForm, AssignForm, ConflictForm, DeclarationForm
from .models import Assignment
from .permissions import may_assign, may_read_as_assessor, may_read_scores

ROWS = 20


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What the person was asked to score."""
    page = Paginator(queries.assignments_of(request.user), ROWS).get_page(request.GET.get("page"))
    return render(request, "scoring/mine.html", {"page": page})


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The eligible applications and how far their scoring has come."""
    if not (is_officer | is_coordinator | is_auditor).test(request.user):
        raise Http404
    found = queries.applications_in_scoring(request.user)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    calls = queries.calls_being_scored(request.user)
    return render(request, "scoring/list.html", {"page": page, "calls": calls})


@login_required
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Who scores an application, and what they gave where the person may read it."""
    found = get_object_or_404(applications_visible_to(request.user).filter(SENT), pk=pk)
    if not (may_assign | may_read_scores | is_auditor).test(request.user, found):
        raise Http404
    may_read = may_read_scores.test(request.user, found)
    form = AssignForm(request.POST or None, assessors=queries.possible_assessors(found))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.assign_assessor(found, form.cleaned_data["assessor"], by=request.user)
            messages.success(request, _("The assessor is asked to declare conflicts and score."))
            return redirect("scoring:application", found.pk)
    return render(
        request,
        "scoring/application.html",
        {
            "application": found,
            "form": form,
            "may_assign": may_assign.test(request.user, found),
            "may_read": may_read,
            "assignments": queries.assignments_for(found),
            "assessments": queries.submitted_assessments(found) if may_read else [],
            "criteria": found.call.criteria.all(),
        },
    )


@login_required
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an assignment back."""
    assignment = get_object_or_404(queries.assignments_visible_to(request.user), pk=pk)
    require(may_assign, request.user, assignment.application)
    return ask_why(
        request,
        lambda reason: actions.release_assessor(assignment, reason=reason, by=request.user),
        about=assignment,
        heading=_("Take the assignment back"),
        label=_("Take back"),
        told=_("The assignment is taken back."),
        back=reverse("scoring:application", args=[assignment.application_id]),
    )


@login_required
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """An assessor's own page: the declaration first, then content and scores."""
    found = get_object_or_404(queries.assignments_of(request.user), pk=pk)
    if found.state == Assignment.State.ASSIGNED:
        return _declare(request, found)
    if found.state == Assignment.State.SCORED:
        return _read_own(request, found)
    return _score(request, found)


@login_required
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a conflict of interest that came to light while scoring."""
    found = get_object_or_404(queries.assignments_of(request.user), pk=pk)
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.declare_conflict(found, by=request.user, **form.cleaned_data)
            messages.success(request, _conflict_declared())
            return redirect("scoring:mine")
    return render(request, "scoring/conflict.html", {"form": form, "assignment": found})


@login_required
@require_safe
def attachment(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """A file of an application, to an assessor who declared to have no conflict."""
    return attachment_file(request, _file(request, pk, file_pk))


@login_required
@require_safe
def preview(request: HttpRequest, pk: int, file_pk: int, number: int) -> HttpResponseBase:
    """The picture of a page of such a file (0 for the thumbnail)."""
    file = _file(request, pk, file_pk)
    return preview_picture(request, file.file, number, sha256=file.sha256)


@login_required
def ranking(request: HttpRequest, slug: str) -> HttpResponse:
    """The ranking of a call: of every country, or of the officer's own."""
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    rankings = queries.rankings_visible_to(request.user, call)
    if not rankings:
        raise Http404
    return render(
        request,
        "scoring/ranking.html",
        {"call": call, "rankings": rankings, "criteria": call.criteria.all()},
    )


def _declare(request: HttpRequest, found: Assignment) -> HttpResponse:
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            if form.cleaned_data["has_conflict"] == "yes":
                text = form.cleaned_data["conflict"]
                actions.declare_conflict(found, conflict=text, by=request.user)
                messages.success(request, _conflict_declared())
                return redirect("scoring:mine")
            actions.declare_no_conflict(found, by=request.user)
            return redirect(found)
    return render(request, "scoring/declare.html", {"form": form, "assignment": found})


def _score(request: HttpRequest, found: Assignment) -> HttpResponse:
    form = AssessmentForm(
        request.POST or None, call=found.application.call, assessment=found.assessment
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.save_assessment(
                found, form.scores(), comment=form.cleaned_data["comment"], by=request.user
            )
            if "submit" not in request.POST:
                messages.success(request, _("Your scores are saved; you can go on later."))
                return redirect(found)
            actions.submit_assessment(found, by=request.user)
            messages.success(request, _("Thank you. Your scores are final."))
            return redirect("scoring:mine")
    return render(request, "scoring/score.html", {"form": form, **_content(found)})


def _read_own(request: HttpRequest, found: Assignment) -> HttpResponse:
    context = {
        **_content(found),
        "scores": found.assessment.scores.select_related("criterion"),
        "entries": timeline(found),
    }
    return render(request, "scoring/scored.html", context)


def _content(found: Assignment) -> dict[str, object]:
    return {
        "assignment": found,
        "application": found.application,
        "filled": filled_form(found.application),
    }


def _conflict_declared() -> str:
    return _("Thank you. The application is closed to you, and the partner asks somebody else.")


def _file(request: HttpRequest, pk: int, file_pk: int) -> Attachment:
    """A file of the application that the assessor may read; 404 before the declaration."""
    found = get_object_or_404(queries.assignments_of(request.user), pk=pk)
    if not may_read_as_assessor.test(request.user, found):
        raise Http404
    return get_object_or_404(found.application.attachments.all(), pk=file_pk)
