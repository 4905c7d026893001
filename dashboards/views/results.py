"""What the public sees of the programme."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports import queries

ROWS = 20


def results(request: HttpRequest) -> HttpResponse:
    """Who received a voucher, and what each cluster did with it; for everybody."""
    page = Paginator(queries.supported_vouchers(), ROWS).get_page(request.GET.get("page"))
    return render(request, "dashboards/results.html", {"page": page, "totals": queries.totals()})
