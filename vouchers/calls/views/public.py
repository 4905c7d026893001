"""The public pages of calls, and the list of those who run them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.middleware import PersonRequest
from clusters.queries import clusters_of
from conduct.queries.history import timeline
from vouchers.calls import queries
from vouchers.calls.models import Call
from vouchers.calls.permissions import may_manage_calls, may_read_drafts

from .finding import require_reader

ROWS = 20


def listing(request: HttpRequest) -> HttpResponse:
    """Calls that are open now or soon, and earlier ones below."""
    calls = queries.with_countries(queries.calls_visible_to(request.user)).exclude(
        state=Call.State.DRAFT
    )
    page = Paginator(calls, ROWS).get_page(request.GET.get("page"))
    current = [call for call in page if not call.is_past_deadline]
    return render(
        request,
        "calls/list.html",
        {
            "page": page,
            "current": current,
            "earlier": [call for call in page if call not in current],
        },
    )


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


@login_required
def manage(request: PersonRequest) -> HttpResponse:
    """Every call with its numbers, for those who run them or watch them."""
    require_reader(request)
    calls = queries.with_numbers(queries.calls_visible_to(request.user))
    page = Paginator(calls, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "calls/manage.html",
        {"page": page, "may_manage": may_manage_calls.test(request.user)},
    )
