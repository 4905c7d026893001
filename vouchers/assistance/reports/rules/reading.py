"""What was typed in the draft of a report, as facts. A draft keeps whatever is typed.

What cannot be read is None in its content, and a problem says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from inputs.rules.numbers import MONEY, WHOLE, NotTheNumber, Shape, read_number

from .parts import Captioned, PartOfReport, ReachedValue, ReportContent, ReportProblem

# Which numbers a column asks for.
SHAPES: dict[tuple[PartOfReport, str], Shape] = {
    (PartOfReport.BROUGHT, "members_reached"): WHOLE,
    (PartOfReport.BROUGHT, "women_reached"): WHOLE,
    (PartOfReport.PROVIDER, "satisfaction"): WHOLE,
    (PartOfReport.INDICATORS, "value"): MONEY,
}


def content_of(
    parts: Mapping[int, list[dict[str, str]]],
) -> tuple[ReportContent, list[ReportProblem]]:
    """What a draft says, and a problem for each text that is no number."""
    problems: list[ReportProblem] = []
    told, brought, provider = (
        next(iter(parts.get(part, [])), {})
        for part in (PartOfReport.TOLD, PartOfReport.BROUGHT, PartOfReport.PROVIDER)
    )

    def number(part: PartOfReport, row: Mapping[str, str], column: str) -> Decimal | None:
        text = row.get(column, "")
        if not text.strip():
            return None
        try:
            return read_number(text, SHAPES[part, column])
        except NotTheNumber as wrong:
            key = row.get("key", "")
            problems.append(ReportProblem("not_the_number", part, key, column, {"wrong": wrong}))
            return None

    def whole(part: PartOfReport, row: Mapping[str, str], column: str) -> int | None:
        found = number(part, row, column)
        return None if found is None else int(found)

    content = ReportContent(
        summary=_text(told, "summary"),
        story=_text(told, "story"),
        results=_text(brought, "results"),
        lessons=_text(brought, "lessons"),
        members_reached=whole(PartOfReport.BROUGHT, brought, "members_reached"),
        women_reached=whole(PartOfReport.BROUGHT, brought, "women_reached"),
        satisfaction=whole(PartOfReport.PROVIDER, provider, "satisfaction"),
        provider_words=_text(provider, "provider_words"),
        indicators={
            row.get("key", ""): ReachedValue(
                row.get("key", ""),
                number(PartOfReport.INDICATORS, row, "value"),
                _text(row, "note"),
                _text(row, "evidence"),
            )
            for row in parts.get(PartOfReport.INDICATORS, [])
        },
        pictures={
            row.get("key", ""): Captioned(
                row.get("key", ""),
                *(_text(row, column) for column in ("caption", "credit", "alternative")),
            )
            for row in parts.get(PartOfReport.PICTURES, [])
        },
    )
    return content, problems


def _text(row: Mapping[str, str], column: str) -> str:
    return row.get(column, "").strip()
