"""A large proposal: how far it is, and what came of it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from vouchers.awards.proposals.queries.finding import proposals_visible_to


@login_required
@require_safe
def proposal(request: PersonRequest, pk: int) -> HttpResponse:
    """How far a proposal is; once written, the way to it, or why it was refused."""
    found = get_object_or_404(proposals_visible_to(request.user), pk=pk)
    return render(request, "awards/proposal.html", {"proposal": found})
