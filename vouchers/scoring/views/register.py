"""The register of conflicts of interest."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from accounts.permissions import is_auditor, is_coordinator, is_officer
from vouchers.scoring import register
from vouchers.scoring.assign_forms import RegisterFilter
from vouchers.scoring.models import Assignment

ROWS = 30


@login_required
def conflicts(request: HttpRequest) -> HttpResponse:
    """Every declaration that the person may read, by the filters of the address."""
    filters, found = _found(request)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = [(one, register.hints_in_words(one)) for one in page]
    context = {"page": page, "rows": rows, "filters": filters, "narrowing": request.GET.urlencode()}
    return render(request, "scoring/register.html", context)


@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    """The same declarations as CSV."""
    _filters, found = _found(request)
    return register.as_csv(found)


def _found(request: HttpRequest) -> tuple[RegisterFilter, QuerySet[Assignment]]:
    if not (is_officer | is_coordinator | is_auditor).test(request.user):
        raise Http404
    declarations = register.declarations_visible_to(request.user)
    filters = RegisterFilter(request.GET, declarations=declarations)
    return filters, register.narrowed(declarations, **filters.chosen)
