"""Declaring whether there is a conflict of interest, before or while scoring."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.views import refusal_beside
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.forms.conflicts import ConflictForm, DeclarationForm
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.assessing.queries.assignments import assignments_of
from vouchers.scoring.assessing.queries.conflicts import hints_between


@login_required
def conflict(request: PersonRequest, pk: int) -> HttpResponse:
    """Declare a conflict of interest that came to light while scoring."""
    found = get_object_or_404(assignments_of(request.user), pk=pk)
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.declare_conflict(found, by=request.user, **form.cleaned_data)
            messages.success(request, _conflict_declared())
            return redirect("scoring:mine")
    return render(request, "scoring/conflict.html", {"form": form, "assignment": found})


def declare(request: PersonRequest, found: Assignment) -> HttpResponse:
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            if form.cleaned_data["has_conflict"] == "yes":
                actions.declare_conflict(
                    found,
                    kind=form.cleaned_data["kind"],
                    conflict=form.cleaned_data["conflict"],
                    by=request.user,
                )
                messages.success(request, _conflict_declared())
                return redirect("scoring:mine")
            actions.declare_no_conflict(found, by=request.user)
            return redirect(found)
    hints = hints_between([found.assessor], [found.application])
    context = {
        "form": form,
        "assignment": found,
        "hints": hints.get((found.application_id, found.assessor_id), []),
    }
    return render(request, "scoring/declare.html", context)


def _conflict_declared() -> str:
    return _("Thank you. The application is closed to you, and the partner asks somebody else.")
