"""What the page on which a plan is written shows: parts, rows and cells, with what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inputs.rules.days import read_day
from inputs.rules.numbers import Shape
from vouchers.assistance.plans.models import BudgetLine, Part, PlanRemark
from vouchers.assistance.plans.queries import NeedShown
from vouchers.assistance.plans.queries.remarks import Remarks
from vouchers.assistance.plans.rules.parts import COLUMNS, PartOf, RawRow
from vouchers.assistance.plans.rules.reading import DAY_COLUMNS, SHAPES, filled
from vouchers.assistance.plans.wording import LABELS
from vouchers.calls.models import CallIndicator
from vouchers.providers.models import Provider

HELP: dict[int, str | Promise] = {
    PartOf.FRAME: _("In a few sentences. Leave the provider empty where quotes are to find one."),
    PartOf.OBJECTIVES: _("What is to be reached, and which of the needs each objective answers."),
    PartOf.ACTIVITIES: _("What is done for each objective."),
    PartOf.MILESTONES: _(
        "Until when, in how many days of expertise (quarters: 0.25 is two hours), and who does it."
    ),
    PartOf.DELIVERABLES: _("What is handed in and accepted for each milestone."),
    PartOf.LINES: _(
        "Each line pays for one milestone. Days × rate makes the amount; every other kind has one."
    ),
    PartOf.RESULTS: _("How success is measured: what there is today, and what is aimed at."),
}
_LONG = {(PartOf.FRAME, "aim"), (PartOf.OBJECTIVES, "text")}
_CHOICES = {"provider", "objective", "milestone", "kind", "code"}


@dataclass(frozen=True)
class PlanOption:
    """What can be chosen; an indicator brings a name and a unit along."""

    value: str
    label: str
    name: str = ""
    unit: str = ""


@dataclass(frozen=True)
class PlanCell:
    """One field: its name, what is in it as it was typed, and how it is asked for."""

    name: str
    column: str
    label: str
    kind: str
    text: str
    shape: Shape | None = None
    options: Sequence[PlanOption] = ()

    @property
    def is_plain_day(self) -> bool:
        """Whether the browser's picker can hold it; what was typed otherwise stays a text."""
        return not self.text or (read_day(self.text) is not None and self.text[4:5] == "-")

    @property
    def chosen(self) -> list[str]:
        return self.text.split(",")


@dataclass(frozen=True)
class RowToFill:
    """One row with its cells, and what was remarked on it when the plan came back."""

    place: int
    key: str
    cells: list[PlanCell]
    remarks: list[PlanRemark] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.place + 1


@dataclass(frozen=True)
class PartToFill:
    """One part of the plan as it is filled in, with the version of it that the page shows."""

    part: int
    label: str
    help: str | Promise
    rows: list[RowToFill]
    seen_as: int
    problems: list[str]
    warnings: list[str]
    remarks: list[PlanRemark]

    @property
    def is_frame(self) -> bool:
        return self.part == PartOf.FRAME


@dataclass(frozen=True)
class Choices:
    """What can be chosen in a plan of this voucher."""

    providers: Sequence[Provider]
    indicators: Sequence[CallIndicator]
    needs: Sequence[NeedShown]


def parts_to_fill(
    typed: Mapping[int, list[RawRow]],
    choices: Choices,
    *,
    seen: Mapping[int, int],
    problems: Mapping[int, list[str]],
    warnings: Mapping[int, list[str]],
    remarks: Remarks,
    more_in: int = 0,
) -> list[PartToFill]:
    """All parts as the page shows them; `more_in` is the part that wants another empty row."""
    options = _options(typed, choices)
    parts = []
    for part in PartOf:
        rows = list(typed.get(part, []))
        if not rows or part == more_in:
            rows.append({})
        parts.append(
            PartToFill(
                part=part,
                label=str(Part(part).label),
                help=HELP[part],
                rows=[_row(part, place, row, options, remarks) for place, row in enumerate(rows)],
                seen_as=seen.get(part, 0),
                problems=list(problems.get(part, [])),
                warnings=list(warnings.get(part, [])),
                remarks=list(remarks.get((part, ""), [])),
            )
        )
    return parts


def _row(
    part: PartOf,
    place: int,
    row: RawRow,
    options: Mapping[str, Sequence[PlanOption]],
    remarks: Remarks,
) -> RowToFill:
    key = row.get("key") or str(uuid4())
    cells = [
        PlanCell(
            name=f"part_{part}_{place}_{column}",
            column=column,
            label=str(LABELS[part, column]),
            kind=_kind(part, column),
            text=row.get(column, ""),
            shape=SHAPES.get((part, column)),
            options=options.get(column, ()),
        )
        for column in COLUMNS[part]
        if column != "needs" or options["needs"]
    ]
    said = list(remarks.get((part, key), [])) if part != PartOf.FRAME else []
    return RowToFill(place, "" if part == PartOf.FRAME else key, cells, said)


def _kind(part: PartOf, column: str) -> str:
    if (part, column) in SHAPES:
        return "number"
    if column in DAY_COLUMNS:
        return "day"
    if (part, column) in _LONG:
        return "long"
    if column == "needs":
        return "needs"
    return "choice" if column in _CHOICES else "text"


def _options(typed: Mapping[int, list[RawRow]], choices: Choices) -> dict[str, list[PlanOption]]:
    nothing = [PlanOption("", "—")]
    return {
        "provider": [
            PlanOption("", str(_("To be found by quotes"))),
            *(PlanOption(str(one.pk), one.name) for one in choices.providers),
        ],
        "kind": [PlanOption(value, str(label)) for value, label in BudgetLine.Kind.choices],
        "objective": [*nothing, *_rows_to_choose(typed, PartOf.OBJECTIVES, "text")],
        "milestone": [*nothing, *_rows_to_choose(typed, PartOf.MILESTONES, "title")],
        "code": [
            PlanOption("", str(_("One of our own"))),
            *(
                PlanOption(one.code, f"{one.code} · {one.name}", str(one.name), str(one.unit))
                for one in choices.indicators
            ),
        ],
        "needs": [PlanOption(need.key, need.text) for need in choices.needs],
    }


def _rows_to_choose(
    typed: Mapping[int, list[RawRow]], part: PartOf, column: str
) -> list[PlanOption]:
    return [
        PlanOption(row.get("key", ""), f"{place}. {row.get(column, '')[:80]}")
        for place, row in enumerate(filled(typed.get(part, [])), 1)
    ]
