"""Who scores an application: its assessors, who is asked, replaced or released."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator
from conduct.actions import require
from conduct.views import ask_why, refusal_beside
from vouchers.applications.models import SENT, Application
from vouchers.applications.queries import applications_visible_to
from vouchers.calls.queries import calls_visible_to
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.forms.assignments import AssignForm, DueForm, ReplaceForm
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.assessing.permissions import may_assign, may_read_scores
from vouchers.scoring.assessing.queries.assessments import submitted_assessments
from vouchers.scoring.assessing.queries.assignments import (
    assignments_for,
    assignments_of,
    assignments_visible_to,
    possible_assessors,
)
from vouchers.scoring.assessing.queries.conflicts import ConflictHint, hints_between
from vouchers.scoring.rounds.permissions import may_close_scoring
from vouchers.scoring.rounds.queries import scoring_due


@login_required
def application(request: PersonRequest, pk: int) -> HttpResponse:
    """Who scores an application, and what they gave where the person may read it."""
    found = get_object_or_404(applications_visible_to(request.user).filter(SENT), pk=pk)
    if not (may_assign | may_read_scores | is_auditor).test(request.user, found):
        raise Http404
    may_read = may_read_scores.test(request.user, found)
    possible = possible_assessors(found)
    form = AssignForm(request.POST or None, assessors=possible)
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
            "hints": _hints(found, possible),
            "may_assign": may_assign.test(request.user, found),
            "may_read": may_read,
            "may_see_as": is_coordinator.test(request.user),
            "assignments": assignments_for(found),
            "assessments": submitted_assessments(found) if may_read else [],
            "criteria": found.call.criteria.all(),
            "now": timezone.now(),
        },
    )


@login_required
def release(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an assignment back."""
    assignment = _assignment(request, pk)
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
def replace(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask somebody else in place of an assessor."""
    assignment = _assignment(request, pk)
    possible = possible_assessors(assignment.application)
    form = ReplaceForm(request.POST or None, assessors=possible)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.replace_assessor(
                assignment,
                form.cleaned_data["assessor"],
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
            messages.success(request, _("The assessor is asked to declare conflicts and score."))
            return redirect("scoring:application", assignment.application_id)
    return _ask(request, form, assignment, _("Ask somebody else"), _("Ask"))


@login_required
def extend(request: PersonRequest, pk: int) -> HttpResponse:
    """Give one assessor more time."""
    assignment = _assignment(request, pk)
    form = DueForm(request.POST or None, standing=assignment.due_at)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.extend_assignment(assignment, by=request.user, **form.cleaned_data)
            messages.success(request, _("The assessor is told of the new day."))
            return redirect("scoring:application", assignment.application_id)
    return _ask(request, form, assignment, _("Give more time"), _("Save"))


@login_required
def due(request: PersonRequest, slug: str) -> HttpResponse:
    """Set until when a call is scored."""
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    require(may_close_scoring, request.user, call)
    form = DueForm(request.POST or None, standing=scoring_due(call))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.set_scoring_due(call, by=request.user, **form.cleaned_data)
            messages.success(request, _("The last day of scoring is set."))
            return redirect("scoring:ranking", call.slug)
    context = {
        "form": form,
        "about": call,
        "heading": _("Until when is scored"),
        "label": _("Save"),
        "cancel": reverse("scoring:ranking", args=[call.slug]),
    }
    return render(request, "conduct/reason.html", context)


def _assignment(request: PersonRequest, pk: int) -> Assignment:
    """An assignment that the person may manage."""
    found = get_object_or_404(assignments_visible_to(request.user), pk=pk)
    require(may_assign, request.user, found.application)
    return found


def _ask(
    request: HttpRequest, form: Form, assignment: Assignment, heading: str, label: str
) -> HttpResponse:
    context = {
        "form": form,
        "about": f"{assignment.assessor} · {assignment.application}",
        "heading": heading,
        "label": label,
        "cancel": reverse("scoring:application", args=[assignment.application_id]),
    }
    return render(request, "conduct/reason.html", context)


def _hints(found: Application, possible: Iterable[User]) -> list[tuple[User, ConflictHint]]:
    """What the data suggest about those who could be asked."""
    people = {person.pk: person for person in possible}
    between = hints_between(list(people.values()), [found])
    return [(people[person], hint) for (_of, person), hints in between.items() for hint in hints]


@login_required
def decline(request: PersonRequest, pk: int) -> HttpResponse:
    """Give an assignment back."""
    found = get_object_or_404(assignments_of(request.user), pk=pk)
    return ask_why(
        request,
        lambda reason: actions.decline_assignment(found, reason=reason, by=request.user),
        about=found.application,
        heading=_("Decline to score"),
        label=_("Decline"),
        told=_("Thank you for saying so. The partner asks somebody else."),
        back=reverse("scoring:mine"),
        hint=_(
            "The country partner reads it and asks somebody else. The application then leaves your "
            "list."
        ),
    )
