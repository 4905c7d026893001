"""The page of the search; a script renews what is found while one types."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from accounts.middleware import PersonRequest
from dashboards.search.panels import found_for
from dashboards.search.rules.asked import MOST_LETTERS, asked_by


@login_required
def search(request: PersonRequest) -> HttpResponse:
    """What the person may read of what `q` asks for, by kind."""
    asked = asked_by(request.GET.get("q", ""))
    context = {"asked": asked, "found": found_for(request.user, asked), "most": MOST_LETTERS}
    return render(request, "search/search.html", context)
