"""The public page of a call."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from clusters.queries import clusters_of
from conduct.queries.history import timeline
from vouchers.calls import queries
from vouchers.calls.models import Call
from vouchers.calls.permissions import may_manage_calls, may_read_drafts


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One call: all that a cluster must know before it registers."""
    calls = queries.with_terms(queries.calls_visible_to(request.user))
    call = get_object_or_404(calls.prefetch_related("amendments"), slug=slug)
    own = clusters_of(request.user) if request.user.is_authenticated else []
    return render(
        request,
        "calls/detail.html",
        {
            "call": call,
            "draft": call.state == Call.State.DRAFT,
            "may_manage": may_manage_calls.test(request.user),
            "may_preview": may_read_drafts.test(request.user),
            "own_clusters": own,
            "entries": timeline(call) if may_read_drafts.test(request.user) else [],
        },
    )
