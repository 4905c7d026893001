"""A list of applications as CSV, for spreadsheets: streamed, its columns always the same."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone

from .filtering import ListFilter
from .models import Application

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
    return StreamingHttpResponse(
        _lines(filters, applications),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_file_name()}"'},
    )


def _file_name() -> str:
    return f"applications-{timezone.localdate().isoformat()}.csv"


def _lines(filters: ListFilter, applications: QuerySet[Application]) -> Iterator[str]:
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
    line = csv.writer(_Echo()).writerow
    # Excel takes a file for UTF-8 by this mark only.
    yield "\ufeff"
    yield line(COLUMNS)
    for reference, call, cluster, country, language, state, sent_at in found.iterator(_CHUNK):
        yield line(
            [
                reference or "",
                _plain(filters.calls.get(call, "")),
                _plain(cluster),
                country,
                language,
                state,
                _instant(sent_at),
            ]
        )


class _Echo:
    """Hands each line back, where csv would write it."""

    def write(self, line: str) -> str:
        return line


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _instant(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else ""
