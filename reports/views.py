"""Issuing the report of the programme."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from vouchers.calls.queries import calls_visible_to

from . import actions
from .permissions import may_read_report


@login_required
@require_POST
def issue_programme_report(request: PersonRequest, slug: str) -> HttpResponse:
    """Issue the programme report of a call as it is today."""
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    if not may_read_report.test(request.user):
        raise Http404
    actions.issue_programme_report(call, by=request.user)
    messages.success(request, _("The report is being made in every language."))
    return redirect(reverse("dashboards:overview", query={"call": call.slug}))
