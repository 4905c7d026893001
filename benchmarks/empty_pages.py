"""The portal's addresses, and a page of a desk's layout with nothing on it, to compare others with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from dashboards.panels.desks import Figures
from dashboards.queries.worklist import Desk
from dashboards.views.refreshing import Refreshing
from nextsociety import urls


def empty(request: HttpRequest) -> HttpResponse:
    """A desk on which nothing waits, for whoever is logged in."""
    context = {
        "desk": Desk([], None, [], []),
        "figures": Figures(),
        "warnings": [],
        "layout": "base.html",
        "refreshing": Refreshing(request.user.pk or 0, "", timezone.now()),
    }
    return render(request, "dashboards/desk.html", context)


urlpatterns = [path("empty/", empty), *urls.urlpatterns]
handler500 = urls.handler500
