"""The home page of each role."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards.queries import upkeep
from dashboards.queries.worklist import worklist_of
from dashboards.steps import steps_of_applicant
from reports import queries
from vouchers.calls.queries import accepting_calls


def home(request: HttpRequest) -> HttpResponse:
    """What the portal is for; for people who are logged in, what waits for them."""
    user = request.user
    if not user.is_authenticated:
        context = {"calls": accepting_calls()[:3], "totals": queries.totals(for_everybody=True)}
        return render(request, "dashboards/welcome.html", context)
    if user.is_staff_member:
        context = {"worklist": worklist_of(user), "warnings": upkeep.warnings_for(user)}
        return render(request, "dashboards/desk.html", context)
    context = {"steps": steps_of_applicant(user), "calls": accepting_calls()[:3]}
    return render(request, "dashboards/home.html", context)
