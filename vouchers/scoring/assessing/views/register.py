"""The register of conflicts of interest: every declaration, with what the data said that day."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from accounts.permissions import is_auditor, is_coordinator, is_officer
from conduct.views.exporting import csv_response
from vouchers.scoring.assessing.forms.register import RegisterFilter
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.assessing.queries.register import (
    declarations_visible_to,
    hints_in_words,
    narrowed,
)

# Whoever reads the file by program relies on names and order: add at the end, never change.
COLUMNS = (
    "call",
    "reference",
    "country",
    "assessor",
    "declared_at",
    "outcome",
    "kind",
    "conflict",
    "hints",
    "replaced_by",
)

_CHUNK = 2000
ROWS = 30


@login_required
def conflicts(request: HttpRequest) -> HttpResponse:
    """Every declaration that the person may read, by the filters of the address."""
    filters, found = _found(request)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = [(one, hints_in_words(one)) for one in page]
    context = {"page": page, "rows": rows, "filters": filters, "narrowing": request.GET.urlencode()}
    return render(request, "scoring/register.html", context)


@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    """The same declarations as CSV."""
    _filters, found = _found(request)
    return as_csv(found)


def _found(request: HttpRequest) -> tuple[RegisterFilter, QuerySet[Assignment]]:
    if not (is_officer | is_coordinator | is_auditor).test(request.user):
        raise Http404
    declarations = declarations_visible_to(request.user)
    filters = RegisterFilter(request.GET, declarations=declarations)
    return filters, narrowed(declarations, **filters.chosen)


def as_csv(declarations: QuerySet[Assignment]) -> StreamingHttpResponse:
    """The register as a file, one declaration a line."""
    return csv_response("conflicts", COLUMNS, map(_row, declarations.iterator(_CHUNK)))


def _row(found: Assignment) -> tuple[object, ...]:
    replacement = getattr(found, "replacement", None)
    return (
        found.application.call.reference,
        found.application.reference,
        found.application.country_id,
        str(found.assessor),
        found.declared_at,
        "conflict" if found.state == Assignment.State.CONFLICTED else "none",
        found.conflict_kind,
        found.conflict,
        "; ".join(f"{hint['kind']}: {hint['found']}" for hint in found.hints),
        str(replacement.assessor) if replacement else "",
    )
