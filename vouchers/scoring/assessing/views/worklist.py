"""What an assessor was asked to score."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.middleware import PersonRequest
from vouchers.scoring.assessing.queries.worklist import (
    calls_to_score_offline,
    progress_by_call,
    worklist_of,
)

ROWS = 20


@login_required
def mine(request: PersonRequest) -> HttpResponse:
    """What the person was asked to score: all of it, or what is to be done, or what is done."""
    what = request.GET.get("what", "")
    page = Paginator(worklist_of(request.user, what), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "what": what,
        "progress": progress_by_call(request.user),
        "now": timezone.now(),
        "calls_offline": calls_to_score_offline(request.user),
    }
    return render(request, "scoring/mine.html", context)
