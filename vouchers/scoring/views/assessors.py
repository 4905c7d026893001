"""What assessors say of themselves, and of being asked."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import is_assessor, is_officer
from records.views import ask_why, refusal_beside
from vouchers.scoring import actions, queries
from vouchers.scoring.assign_forms import ProfileForm
from vouchers.scoring.models import AssessorProfile


@login_required
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an assignment back."""
    found = get_object_or_404(queries.assignments_of(request.user), pk=pk)
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


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """What the person can judge, in their own words."""
    if not (is_assessor | is_officer).test(request.user):
        raise Http404
    standing = AssessorProfile.objects.filter(user=request.user).first()
    form = ProfileForm(
        request.POST or None,
        instance=standing or AssessorProfile(languages=[request.user.language]),
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.set_profile(by=request.user, **form.cleaned_data)
            messages.success(request, _("Your profile is saved."))
            return redirect("scoring:mine")
    return render(request, "scoring/profile.html", {"form": form})
