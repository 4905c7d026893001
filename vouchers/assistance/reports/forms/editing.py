"""What the page shows on which a report is written: parts, rows and fields, with what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from drafts.models import RawRow
from inputs.rules.numbers import Shape
from vouchers.assistance.reports.models import ReportFile, ReportPart, ReportRemark
from vouchers.assistance.reports.queries import ReportSheet
from vouchers.assistance.reports.queries.reports import Remarks
from vouchers.assistance.reports.rules.parts import COLUMNS, KEYED, Aim, PartOfReport
from vouchers.assistance.reports.rules.reading import SHAPES
from vouchers.assistance.reports.wording import LABELS, RATINGS

HELP: dict[int, str | Promise] = {
    PartOfReport.TOLD: _("In plain words, as somebody reads them who does not know the voucher."),
    PartOfReport.BROUGHT: _("What changed for the members, and what you would do otherwise."),
    PartOfReport.INDICATORS: _(
        "Beside what the plan in force aimed at: what was reached, and what shows it."
    ),
    PartOfReport.PROVIDER: _("Your country partner reads this; the public does not."),
    PartOfReport.PICTURES: _("Shown to everybody only with your consent."),
}
_LONG = frozenset({"summary", "story", "results", "lessons", "note", "evidence", "provider_words"})
_ROWS = {"summary": 6, "story": 5, "results": 5, "lessons": 4}


@dataclass(frozen=True)
class ReportCell:
    """One field: its name, what is in it as it was typed, and how it is asked for."""

    name: str
    column: str
    label: str
    kind: str
    text: str
    shape: Shape | None = None
    options: Sequence[tuple[str, str]] = ()
    lines: int = 2


@dataclass(frozen=True)
class ReportRow:
    """One row with its fields: about an aim of the plan, or a picture; with what was remarked."""

    place: int
    key: str
    cells: list[ReportCell]
    aim: Aim | None = None
    file: ReportFile | None = None
    remarks: list[ReportRemark] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.place + 1


@dataclass(frozen=True)
class ReportSection:
    """One part of the report as it is filled in, with the version of it that the page shows."""

    part: int
    label: str
    help: str | Promise
    rows: list[ReportRow]
    seen_as: int
    problems: list[str]
    remarks: list[ReportRemark]

    @property
    def is_indicators(self) -> bool:
        return self.part == PartOfReport.INDICATORS

    @property
    def is_pictures(self) -> bool:
        return self.part == PartOfReport.PICTURES


def sections_to_fill(
    typed: Mapping[int, list[RawRow]],
    sheet: ReportSheet,
    *,
    seen: Mapping[int, int],
    problems: Mapping[int, list[str]],
    remarks: Remarks,
) -> list[ReportSection]:
    """All parts as the page shows them: indicators as the plan in force has them, pictures as added."""
    return [
        ReportSection(
            part=part,
            label=str(ReportPart(part).label),
            help=HELP[part],
            rows=_rows(part, typed.get(part, []), sheet, remarks),
            seen_as=seen.get(part, 0),
            problems=list(problems.get(part, [])),
            remarks=list(remarks.get((part, ""), [])),
        )
        for part in PartOfReport
    ]


def _rows(
    part: PartOfReport, typed: Sequence[RawRow], sheet: ReportSheet, remarks: Remarks
) -> list[ReportRow]:
    if part not in KEYED:
        return [ReportRow(0, "", _cells(part, 0, next(iter(typed), {})))]
    by_key = {row.get("key", ""): row for row in typed}
    about: list[tuple[str, Aim | None, ReportFile | None]]
    if part == PartOfReport.INDICATORS:
        about = [(aim.key, aim, sheet.evidence.get(aim.key)) for aim in sheet.aims]
    else:
        about = [(str(picture.key), None, picture) for picture in sheet.pictures]
    return [
        ReportRow(
            place,
            str(UUID(key)),
            _cells(part, place, by_key.get(key, {})),
            aim,
            file,
            list(remarks.get((part, key), [])),
        )
        for place, (key, aim, file) in enumerate(about)
    ]


def _cells(part: PartOfReport, place: int, row: RawRow) -> list[ReportCell]:
    return [
        ReportCell(
            name=f"part_{part}_{place}_{column}",
            column=column,
            label=str(LABELS[part, column]),
            kind=_kind(part, column),
            text=row.get(column, ""),
            shape=SHAPES.get((part, column)),
            options=_ratings() if column == "satisfaction" else (),
            lines=_ROWS.get(column, 2),
        )
        for column in COLUMNS[part]
    ]


def _kind(part: PartOfReport, column: str) -> str:
    if column == "satisfaction":
        return "choice"
    if (part, column) in SHAPES:
        return "number"
    return "long" if column in _LONG else "text"


def _ratings() -> list[tuple[str, str]]:
    return [("", "—"), *((str(points), str(words)) for points, words in RATINGS.items())]
