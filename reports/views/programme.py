"""The report of the programme: looked at before it is issued, and issued."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from reports import actions
from reports.letters import PROGRAMME_REPORT, previewed, programme_facts
from reports.permissions import may_issue_report, may_read_report
from texts.permissions import may_write_texts
from vouchers.calls.models import Call
from vouchers.calls.queries import calls_visible_to


@login_required
@require_POST
def issue_programme_report(request: PersonRequest, slug: str) -> HttpResponse:
    """Issue the programme report of a call as it is today."""
    call = _call(request, slug)
    actions.issue_programme_report(call, by=request.user)
    messages.success(request, _("The report is being made in every language."))
    return redirect(reverse("dashboards:overview", query={"call": call.slug}))


@login_required
@require_safe
def preview(request: PersonRequest, slug: str) -> HttpResponse:
    """What the report would say now, for who may issue it. Nothing is kept."""
    call = _call(request, slug)
    if not may_issue_report.test(request.user):
        raise Http404
    is_decided = call.state == Call.State.DECIDED
    context: dict[str, Any] = {"call": call, "may_write": may_write_texts.test(request.user)}
    if is_decided:
        context |= previewed(PROGRAMME_REPORT, call, programme_facts(call))
    return render(request, "reports/preview.html", context)


def _call(request: PersonRequest, slug: str) -> Call:
    """The call, for who may read its report; 404 for everybody else."""
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    if not may_read_report.test(request.user):
        raise Http404
    return call
