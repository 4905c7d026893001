"""Finding the call of a page, for whoever may build calls."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from conduct.actions import require, require_state
from vouchers.calls import queries
from vouchers.calls.models import Call
from vouchers.calls.permissions import may_manage_calls, may_read_drafts


def require_reader(request: HttpRequest) -> None:
    """404 for those who may not even see drafts."""
    if not may_read_drafts.test(request.user):
        raise Http404


def require_builder(request: HttpRequest) -> None:
    """404 for those who may not even see drafts, 403 for those who may only read them."""
    require_reader(request)
    require(may_manage_calls, request.user)


def draft_of(request: HttpRequest, slug: str) -> Call:
    """The draft, for whoever may build it. Raises OutOfOrder once it is open."""
    require_builder(request)
    calls = queries.with_steps(queries.calls_visible_to(request.user))
    call = get_object_or_404(calls, slug=slug)
    require_state(call, Call.State.DRAFT)
    return call
