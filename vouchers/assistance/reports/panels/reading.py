"""A report as it is read: parts with their texts, indicators and pictures, and what was remarked."""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.wording import number
from vouchers.assistance.reports.models import ReportFile, ReportPart, ReportRemark
from vouchers.assistance.reports.queries import ReportSheet
from vouchers.assistance.reports.queries.reports import Remarks
from vouchers.assistance.reports.rules.parts import (
    COLUMNS,
    KEYED,
    Captioned,
    PartOfReport,
    ReachedValue,
    ReportContent,
)
from vouchers.assistance.reports.wording import LABELS, RATINGS

from .indicators import ShownIndicator, shown_indicators


@dataclass(frozen=True)
class ReadPicture:
    """A picture with its words."""

    number: int
    key: str
    file: ReportFile
    words: Captioned
    remarks: list[ReportRemark]


@dataclass(frozen=True)
class ReadSection:
    """A part: texts under their labels, or indicators, or pictures."""

    part: int
    label: str
    texts: list[tuple[str, str]] = field(default_factory=list)
    indicators: list[ShownIndicator] = field(default_factory=list)
    pictures: list[ReadPicture] = field(default_factory=list)
    remarks: list[ReportRemark] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (any(text for _label, text in self.texts) or self.indicators or self.pictures)


def read_sections(
    content: ReportContent, sheet: ReportSheet, remarks: Remarks
) -> list[ReadSection]:
    """The parts of a version or of a draft."""
    return [
        ReadSection(
            part,
            str(ReportPart(part).label),
            _texts(part, content) if part not in KEYED else [],
            _indicators(content, sheet, remarks) if part == PartOfReport.INDICATORS else [],
            _pictures(content, sheet, remarks) if part == PartOfReport.PICTURES else [],
            list(remarks.get((part, ""), [])),
        )
        for part in PartOfReport
    ]


def _texts(part: PartOfReport, content: ReportContent) -> list[tuple[str, str]]:
    return [
        (str(LABELS[part, column]), _said(column, getattr(content, column)))
        for column in COLUMNS[part]
    ]


def _said(column: str, value: str | int | None) -> str:
    if column == "satisfaction" and isinstance(value, int):
        return str(RATINGS.get(value, value))
    return number(value) if isinstance(value, int) else value or ""


def _indicators(
    content: ReportContent, sheet: ReportSheet, remarks: Remarks
) -> list[ShownIndicator]:
    rows = []
    for aim in sheet.aims:
        found = content.indicators.get(aim.key) or ReachedValue(aim.key)
        file = sheet.evidence.get(aim.key)
        rows.append((aim.key, aim.code, aim, found.value, found.note, found.evidence, file))
    said = {key: list(of_line) for (part, key), of_line in remarks.items() if part == _PART}
    return shown_indicators(rows, remarks=said)


_PART = PartOfReport.INDICATORS


def _pictures(content: ReportContent, sheet: ReportSheet, remarks: Remarks) -> list[ReadPicture]:
    return [
        ReadPicture(
            place,
            str(file.key),
            file,
            content.pictures.get(str(file.key)) or Captioned(str(file.key)),
            list(remarks.get((PartOfReport.PICTURES, str(file.key)), [])),
        )
        for place, file in enumerate(sheet.pictures, 1)
    ]
