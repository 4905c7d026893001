"""What a browser sent of a report, as rows of its parts (see `drafts.forms`)."""

from __future__ import annotations

from django.http import QueryDict

from drafts.forms import typed_rows
from drafts.models import RawRow
from vouchers.assistance.reports.rules.parts import COLUMNS, KEYED, PartOfReport


def typed_parts(data: QueryDict) -> dict[int, list[RawRow]]:
    """The rows of each part that was sent."""
    return {
        part: typed_rows(data, part, COLUMNS[part], keyed=part in KEYED)
        for part in PartOfReport
        if f"rows_{part}" in data
    }
