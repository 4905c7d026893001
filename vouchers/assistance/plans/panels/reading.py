"""A version as it is read: parts, rows and cells in words; and two versions side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from documents.wording import day, figures
from inputs.rules.numbers import MONEY, SHARE
from inputs.wording import as_read
from vouchers.assistance.plans.models import Part, PlanRemark
from vouchers.assistance.plans.queries import NeedShown
from vouchers.assistance.plans.queries.remarks import Remarks
from vouchers.assistance.plans.rules.comparing import PartChange, RowChange, RowFate, compared
from vouchers.assistance.plans.rules.parts import COLUMNS, Content, PartOf
from vouchers.assistance.plans.wording import LABELS, kind_of_line

_FIGURES = frozenset({"days", "rate", "amount", "baseline", "target"})
_SHORT = _FIGURES | {"due_on", "kind", "unit"}


@dataclass(frozen=True)
class ReadCell:
    """What a column says in the older and in the newer version; `old` only where it differs."""

    label: str
    text: str
    old: str = ""
    is_changed: bool = False
    is_figure: bool = False
    is_sentence: bool = False


@dataclass(frozen=True)
class ReadRow:
    """A row in words; what became of it, and what is remarked on it."""

    number: int
    key: str
    change: str
    cells: list[ReadCell]
    remarks: list[PlanRemark] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ReadPart:
    """A part with its rows."""

    part: int
    label: str
    rows: list[ReadRow]
    remarks: list[PlanRemark] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    is_same: bool = True

    @property
    def columns(self) -> list[ReadCell]:
        """A cell of each column of its table, for what it is called and how it stands."""
        return self.rows[0].cells if self.rows else []

    @property
    def width(self) -> int:
        """How many columns its table has, with that of the numbers of its rows."""
        return len(self.columns) + 1

    @property
    def is_frame(self) -> bool:
        return self.part == PartOf.FRAME


@dataclass(frozen=True)
class PlanNames:
    """What keys and ids stand for: providers by id, needs by key."""

    providers: Mapping[int, str]
    needs: Sequence[NeedShown] = ()


def read_parts(
    content: Content,
    names: PlanNames,
    *,
    remarks: Remarks | None = None,
    warnings: Mapping[tuple[int, str], list[str]] | None = None,
) -> list[ReadPart]:
    """The parts of one version, with remarks and warnings by part and key of the row."""
    changes = compared(content, content)
    return [
        _part(change, content, content, names, remarks=remarks or {}, warnings=warnings or {})
        for change in changes
    ]


def read_changes(old: Content, new: Content, names: PlanNames) -> list[ReadPart]:
    """The parts of two versions, row beside row."""
    return [
        _part(change, old, new, names, remarks={}, warnings={}) for change in compared(old, new)
    ]


def _part(
    change: PartChange,
    old: Content,
    new: Content,
    names: PlanNames,
    *,
    remarks: Remarks,
    warnings: Mapping[tuple[int, str], list[str]],
) -> ReadPart:
    part = change.part
    rows = []
    for place, row in enumerate(change.rows, 1):
        shown = row.new if row.new is not None else row.old
        key = "" if part == PartOf.FRAME else shown.key
        rows.append(
            ReadRow(
                place,
                key,
                row.change.value,
                _cells(part, row, old, new, names),
                [] if part == PartOf.FRAME else list(remarks.get((part, key), [])),
                list(warnings.get((part, key), [])) if key else [],
            )
        )
    return ReadPart(
        part,
        str(Part(part).label),
        rows,
        list(remarks.get((part, ""), [])),
        list(warnings.get((part, ""), [])),
        change.is_same,
    )


def _cells(
    part: PartOf, row: RowChange, old: Content, new: Content, names: PlanNames
) -> list[ReadCell]:
    shown, content = (row.new, new) if row.new is not None else (row.old, old)
    cells = []
    for column in COLUMNS[part]:
        if column == "code" or (column == "needs" and not names.needs):
            continue
        is_changed = row.change is RowFate.CHANGED and column in row.columns
        cells.append(
            ReadCell(
                str(LABELS[part, column]),
                _said(column, getattr(shown, column), content, names),
                _said(column, getattr(row.old, column), old, names) if is_changed else "",
                is_changed,
                column in _FIGURES,
                column not in _SHORT,
            )
        )
    return cells


def _said(column: str, value: Any, content: Content, names: PlanNames) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return as_read(value, SHARE) if column == "days" else _figure(column, value)
    if column == "provider":
        return names.providers.get(value, "") or _("To be found by quotes")
    if column == "needs":
        known = {need.key: need.text for need in names.needs}
        return "\n".join(known[key] for key in value if key in known)
    if column == "milestone":
        return _named(value, [(step.key, step.title) for step in content.milestones])
    if column == "objective":
        return _named(value, [(one.key, one.text) for one in content.objectives])
    if column == "kind":
        return kind_of_line(value)
    return str(value or "")


def _figure(column: str, value: Decimal) -> str:
    if column in ("rate", "amount"):
        return figures(value)
    whole = value == value.to_integral_value()
    return as_read(value.quantize(Decimal(1)) if whole else value, SHARE if whole else MONEY)


def _named(key: str, rows: list[tuple[str, str]]) -> str:
    for place, (known, name) in enumerate(rows, 1):
        if known == key:
            return f"{place}. {name}"
    return ""
