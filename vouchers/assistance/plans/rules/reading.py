"""What was typed in a draft, as facts; and facts of an earlier version, as they are typed.

A draft keeps whatever is typed. What cannot be read is None in its content, and a remark says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from inputs.rules.days import read_day
from inputs.rules.numbers import MONEY, SHARE, NotTheNumber, Shape, read_number, written

from .parts import (
    CHOSEN,
    COLUMNS,
    Activity,
    AimedResult,
    Content,
    CostLine,
    Handed,
    Objective,
    PartOf,
    PlannedStep,
    RawParts,
    RawRow,
    Remark,
)
from .totals import worth_of_days

# Which numbers a column asks for.
SHAPES: dict[tuple[PartOf, str], Shape] = {
    (PartOf.MILESTONES, "days"): SHARE,
    (PartOf.LINES, "days"): SHARE,
    (PartOf.LINES, "rate"): MONEY,
    (PartOf.LINES, "amount"): MONEY,
    (PartOf.RESULTS, "baseline"): MONEY,
    (PartOf.RESULTS, "target"): MONEY,
}
DAY_COLUMNS = frozenset({"due_on"})


def filled(rows: Iterable[RawRow]) -> list[RawRow]:
    """The rows in which something is written, in their order."""
    return [
        row
        for row in rows
        if any(value.strip() for name, value in row.items() if name not in CHOSEN)
    ]


def content_of(parts: RawParts) -> tuple[Content, list[Remark]]:
    """What a draft says, and a remark for each text that is no number or no day."""
    reader = _Reader()
    frame = next(iter(parts.get(PartOf.FRAME, [])), {})
    provider = frame.get("provider", "")
    content = Content(
        aim=frame.get("aim", "").strip(),
        provider=int(provider) if provider.isascii() and provider.isdecimal() else None,
        objectives=[
            Objective(
                row.get("key", ""),
                _text(row, "text"),
                tuple(filter(None, _text(row, "needs").split(","))),
            )
            for row in filled(parts.get(PartOf.OBJECTIVES, []))
        ],
        activities=[
            Activity(row.get("key", ""), _text(row, "title"), _text(row, "objective"))
            for row in filled(parts.get(PartOf.ACTIVITIES, []))
        ],
        milestones=[
            PlannedStep(
                row.get("key", ""),
                _text(row, "title"),
                reader.day(PartOf.MILESTONES, row, "due_on"),
                reader.number(PartOf.MILESTONES, row, "days"),
                _text(row, "who"),
            )
            for row in filled(parts.get(PartOf.MILESTONES, []))
        ],
        deliverables=[
            Handed(row.get("key", ""), _text(row, "title"), _text(row, "milestone"))
            for row in filled(parts.get(PartOf.DELIVERABLES, []))
        ],
        lines=[_line(reader, row) for row in filled(parts.get(PartOf.LINES, []))],
        results=[_result(reader, row) for row in filled(parts.get(PartOf.RESULTS, []))],
    )
    return content, reader.remarks


def typed_parts(content: Content) -> dict[int, list[RawRow]]:
    """The content as a draft holds it: `content_of` reads the same of it."""
    frame = {"aim": content.aim, "provider": str(content.provider or "")}
    parts: dict[int, list[RawRow]] = {PartOf.FRAME: [frame]}
    for part in list(PartOf)[1:]:
        parts[part] = [_typed(part, asdict(row)) for row in content.rows(part)]
    return parts


def _typed(part: PartOf, facts: Mapping[str, object]) -> RawRow:
    typed = {"key": str(facts["key"])}
    for column in COLUMNS[part]:
        value = facts[column]
        if isinstance(value, Decimal):
            typed[column] = _as_typed(value, SHAPES[part, column], part)
        elif isinstance(value, date):
            typed[column] = value.isoformat()
        elif isinstance(value, tuple):
            typed[column] = ",".join(value)
        else:
            typed[column] = str(value or "")
    return typed


def _as_typed(value: Decimal, shape: Shape, part: PartOf) -> str:
    """A number as somebody types it: twelve members are 12, not 12.00."""
    if part is PartOf.RESULTS and value == value.to_integral_value():
        return str(value.quantize(Decimal(1)))
    return written(value, shape)


def _text(row: RawRow, column: str) -> str:
    return row.get(column, "").strip()


def _line(reader: _Reader, row: RawRow) -> CostLine:
    kind = _text(row, "kind") or "days"
    days = rate = amount = None
    if kind == "days":
        days = reader.number(PartOf.LINES, row, "days")
        rate = reader.number(PartOf.LINES, row, "rate")
        amount = worth_of_days(days, rate)
    else:
        amount = reader.number(PartOf.LINES, row, "amount")
    text, milestone = _text(row, "text"), _text(row, "milestone")
    return CostLine(row.get("key", ""), kind, text, milestone, days, rate, amount)


def _result(reader: _Reader, row: RawRow) -> AimedResult:
    return AimedResult(
        row.get("key", ""),
        _text(row, "code"),
        _text(row, "name"),
        _text(row, "unit"),
        reader.number(PartOf.RESULTS, row, "baseline"),
        reader.number(PartOf.RESULTS, row, "target"),
        reader.day(PartOf.RESULTS, row, "due_on"),
    )


class _Reader:
    """Reads cells, and remembers which could not be read."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []

    def number(self, part: PartOf, row: RawRow, column: str) -> Decimal | None:
        text = row.get(column, "")
        if not text.strip():
            return None
        try:
            return read_number(text, SHAPES[part, column])
        except NotTheNumber as wrong:
            self._note("not_the_number", part, row, column, wrong=wrong)
            return None

    def day(self, part: PartOf, row: RawRow, column: str) -> date | None:
        text = row.get(column, "")
        if not text.strip():
            return None
        found = read_day(text)
        if found is None:
            self._note("no_day", part, row, column)
        return found

    def _note(self, code: str, part: PartOf, row: RawRow, column: str, **facts: object) -> None:
        self.remarks.append(Remark(code, part, row.get("key", ""), column, facts))
