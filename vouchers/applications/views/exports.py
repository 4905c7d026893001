"""A list of applications as CSV: its columns always the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from conduct.views.exporting import csv_response
from vouchers.applications.forms.lists import ListFilter
from vouchers.applications.models import Application

# Whoever reads the file by program relies on names and order: add at the end, never change.
COLUMNS = (
    "reference",
    "call",
    "cluster",
    "country",
    "language",
    "state",
    "sent_at",
)
_CHUNK = 2000


def as_csv(filters: ListFilter, applications: QuerySet[Application]) -> StreamingHttpResponse:
    """The applications that the filters let through, in their order, one a line."""
    return csv_response("applications", COLUMNS, _rows(filters, applications))


def _rows(
    filters: ListFilter, applications: QuerySet[Application]
) -> Iterator[tuple[str | datetime | None, ...]]:
    found = (
        filters.narrowed(applications)
        .order_by(filters.order, "-pk" if filters.order.startswith("-") else "pk")
        .values_list(
            "reference",
            "call_id",
            "cluster_name",
            "country_id",
            "language",
            "state",
            "submitted_at",
        )
    )
    for reference, call, *facts in found.iterator(_CHUNK):
        yield (reference, filters.calls.get(call, ""), *facts)
