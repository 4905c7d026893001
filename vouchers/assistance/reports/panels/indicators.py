"""Indicators against their targets, in words and as small pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from charts.layouts import Picture, Value, bars
from documents.wording import number
from vouchers.assistance.reports.models import ReportFile, ReportRemark
from vouchers.assistance.reports.rules.reaching import reached_percent


class Measured(Protocol):
    """What was aimed at and reached: a row of a version, or an aim beside what was typed."""

    @property
    def name(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def baseline(self) -> Decimal: ...

    @property
    def target(self) -> Decimal: ...

    @property
    def due_on(self) -> date: ...


@dataclass(frozen=True)
class ShownIndicator:
    """One indicator as it is read; `percent` is empty where none can be told."""

    number: int
    key: str
    code: str
    name: str
    unit: str
    baseline: str
    target: str
    value: str
    percent: str
    due_on: date
    note: str = ""
    evidence: str = ""
    file: ReportFile | None = None
    picture: Picture | None = None
    remarks: list[ReportRemark] = field(default_factory=list)


def shown_indicators(
    rows: Iterable[tuple[str, str, Measured, Decimal | None, str, str, ReportFile | None]],
    *,
    name: str = "reached",
    remarks: dict[str, list[ReportRemark]] | None = None,
) -> list[ShownIndicator]:
    """The rows (key, code, aim, reached value, note, evidence, file) as pages show them.

    `name` makes the ids of their pictures: another for each list on a page.
    """
    return [
        ShownIndicator(
            place,
            key,
            code,
            aim.name,
            aim.unit,
            number(_plain(aim.baseline)),
            number(_plain(aim.target)),
            number(_plain(value)) if value is not None else "",
            percent_told(aim, value),
            aim.due_on,
            note,
            evidence,
            file,
            reached_picture(f"{name}-{place}", aim, value),
            list((remarks or {}).get(key, [])),
        )
        for place, (key, code, aim, value, note, evidence, file) in enumerate(rows, 1)
    ]


def percent_told(aim: Measured, value: Decimal | None) -> str:
    """How far the target was reached, as a number of per cent; empty where it cannot be told."""
    percent = reached_percent(aim.baseline, aim.target, value) if value is not None else None
    return number(percent) if percent is not None else ""


def reached_picture(name: str, aim: Measured, value: Decimal | None) -> Picture | None:
    """Three bars: before, target, reached. None without a value, or where no length shows it."""
    if value is None or min(aim.baseline, aim.target, value) < 0:
        return None
    figures = (
        (_("Before"), aim.baseline, "banded"),
        (_("Target"), aim.target, "hatched"),
        (_("Reached"), value, "solid"),
    )
    # What the indicator is called stands above its picture.
    title = aim.unit or _("Value")
    values = [Value(label, one, number(_plain(one)), fill) for label, one, fill in figures]
    return bars(name, title, values, headings=(_("When"), title))


def _plain(value: Decimal) -> Decimal:
    """Twelve members are 12, not 12.00."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
