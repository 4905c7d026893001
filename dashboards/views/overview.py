"""The figures of a call over all countries."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.middleware import PersonRequest
from dashboards.panels.charts import money_bars, state_bars
from dashboards.permissions import may_read_overview
from documents.queries import documents_about
from reports import queries
from reports.permissions import may_issue_report
from vouchers.calls.models import Call
from vouchers.calls.queries import calls_visible_to


@login_required
def overview(request: PersonRequest) -> HttpResponse:
    """The figures of one call over all countries; the newest unless the address names one.

    A call that does not exist is reported, and no other is shown in its place.
    """
    if not may_read_overview.test(request.user):
        raise Http404
    calls = list(calls_visible_to(request.user).exclude(state=Call.State.DRAFT))
    wanted = request.GET.get("call", "")
    call = next((call for call in calls if wanted in ("", call.slug)), None)
    unknown = bool(wanted) and call is None
    return render(
        request,
        "dashboards/overview.html",
        {
            "calls": calls,
            "call": call,
            "unknown": unknown,
            **(_figures(request, call) if call else {}),
        },
        status=404 if unknown else 200,
    )


def _figures(request: HttpRequest, call: Call) -> dict[str, object]:
    return {
        "totals": queries.totals(call),
        "countries": queries.figures_by_country(call),
        "states": state_bars(call),
        "money": money_bars(call),
        "documents": documents_about(call),
        "may_issue": may_issue_report.test(request.user) and call.state == Call.State.DECIDED,
    }
