"""The programme in figures: from the first application to the last euro, and what is still to come."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.middleware import PersonRequest
from conduct.queries.once import reading_once
from dashboards.panels.programme import programme_panel
from dashboards.permissions import may_read_overview
from documents.queries import documents_about
from lists.views import renewable
from reports.letters import PROGRAMME_REPORT
from reports.permissions import may_issue_report
from vouchers.calls.models import Call
from vouchers.standing.actions import judge_the_few

from .about import NoSuchCall, asked_about


@login_required
def overview(request: PersonRequest) -> HttpResponse:
    """The figures of the programme: of all calls and countries, or of those that the address names.

    A call that does not exist is reported, and no other is shown in its place.
    """
    if not may_read_overview.test(request.user):
        raise Http404
    try:
        about = asked_about(request, request.user, has_period=True)
    except NoSuchCall as unknown:
        context = {"unknown": True, "calls": unknown.calls}
        return render(request, "dashboards/overview.html", context, status=404)
    judge_the_few()
    with reading_once():
        context = {
            "filters": about.form,
            "calls": about.calls,
            "call": about.scope.call,
            "has_period": bool(about.period.first or about.period.last),
            "programme": programme_panel(request.user, about),
            **(_of_call(request, about.scope.call) if about.scope.call else {}),
        }
        return renewable(render(request, "dashboards/overview.html", context))


def _of_call(request: PersonRequest, call: Call) -> dict[str, Any]:
    """The report of one call, and whether the person may make it."""
    return {
        "documents": documents_about(call).filter(kind=PROGRAMME_REPORT.slug),
        "may_issue": may_issue_report.test(request.user) and call.state == Call.State.DECIDED,
    }
