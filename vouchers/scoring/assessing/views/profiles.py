"""What assessors say of themselves."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from accounts.permissions import is_assessor, is_officer
from conduct.views import refusal_beside
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.forms.profiles import AssessorProfileForm
from vouchers.scoring.assessing.models import AssessorProfile
from vouchers.scoring.assessing.queries.assignments import profile_of


@login_required
def profile(request: PersonRequest) -> HttpResponse:
    """What the person can judge, in their own words."""
    if not (is_assessor | is_officer).test(request.user):
        raise Http404
    standing = profile_of(request.user)
    form = AssessorProfileForm(
        request.POST or None,
        instance=standing or AssessorProfile(languages=[request.user.language]),
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.set_profile(by=request.user, **form.cleaned_data)
            messages.success(request, _("Your profile is saved."))
            return redirect("scoring:mine")
    return render(request, "scoring/profile.html", {"form": form})
