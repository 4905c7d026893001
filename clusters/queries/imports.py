"""A list of members as it was uploaded: which column is which, and what is wrong with each row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from clusters.models import Member, MemberImport, MemberKind, MemberSize
from clusters.queries import current_members
from conduct.actions import Refused
from inputs.rules.folding import folded
from inputs.rules.numbers import read_year

# The columns of the template, with the headings that people write; every language is understood.
COLUMNS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Kind"),
    "size": gettext_lazy("Size"),
    "town": gettext_lazy("Town"),
    "joined": gettext_lazy("Year of joining"),
    "left": gettext_lazy("Year of leaving"),
}
NEEDED = ("name", "kind")


@dataclass
class CheckedRow:
    """One row of a list: its number in the file, the facts, and what keeps it out, in sentences."""

    number: int
    typed: dict[str, str]
    facts: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    is_duplicate: bool = False

    @property
    def is_valid(self) -> bool:
        return not self.problems


def rows_of(table: list[list[str]]) -> list[dict[str, str]]:
    """The rows below the headings, by column, each with its number in the file.

    Raises Refused when a column that is needed has no heading.
    """
    at, headings = next((number, row) for number, row in enumerate(table) if _is_heading(row))
    columns = {_column_of(heading): place for place, heading in enumerate(headings)}
    missing = [str(COLUMNS[name]) for name in NEEDED if name not in columns]
    if missing:
        raise Refused(
            _(
                "The first row must name the columns. Missing: %(missing)s. The template has them all."
            )
            % {"missing": ", ".join(missing)}
        )
    places = {name: place for name, place in columns.items() if name}
    return [
        {
            "number": str(number),
            **{name: row[place] if place < len(row) else "" for name, place in places.items()},
        }
        for number, row in enumerate(table[at + 1 :], start=at + 2)
        if any(row)
    ]


def checked(waiting: MemberImport) -> list[CheckedRow]:
    """Every row with what is wrong with it, in the language of the page; one query."""
    current = {_plain(name) for name in _current_names(waiting)}
    seen: dict[str, int] = {}
    rows = []
    for typed in waiting.rows:
        row = CheckedRow(int(typed["number"]), typed)
        _read(row)
        _look_for_duplicates(row, current, seen)
        rows.append(row)
    return rows


def _current_names(waiting: MemberImport) -> Iterable[str]:
    return current_members(waiting.cluster).values_list("name", flat=True)


# What a spreadsheet writes where it could not compute.
_SHEET_ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BUSY!)")


def _read(row: CheckedRow) -> None:
    for column, typed in row.typed.items():
        if column in COLUMNS and _SHEET_ERROR.fullmatch(typed):
            row.problems.append(
                _(
                    "“%(typed)s” under “%(column)s” is an error of the spreadsheet: write the value "
                    "itself, or leave it empty."
                )
                % {"typed": typed, "column": COLUMNS[column]}
            )
    if row.problems:
        row.facts = {"name": row.typed.get("name", ""), "left": None}
        return
    row.facts = {
        "name": row.typed.get("name", ""),
        "kind": _choice(row, "kind", MemberKind),
        "size": _choice(row, "size", MemberSize) or MemberSize.NONE,
        "town": row.typed.get("town", ""),
        "joined": _year(row, "joined"),
        "left": _year(row, "left"),
    }
    if not row.facts["name"]:
        row.problems.append(_("The name is missing."))
    if not row.typed.get("kind"):
        row.problems.append(_("The kind is missing."))
    if row.problems:
        return
    try:
        # What the database checks against other rows is looked at below, without a query for each.
        Member(**row.facts).clean_fields(exclude=["cluster"])
    except ValidationError as error:
        row.problems.extend(error.messages)
    if row.facts["left"] and row.facts["joined"] and row.facts["left"] < row.facts["joined"]:
        row.problems.append(_("A member cannot leave before the year of joining."))


def _choice(row: CheckedRow, column: str, choices: Any) -> str:
    typed = row.typed.get(column, "")
    if not typed:
        return ""
    found = _spellings(choices).get(_plain(typed), "")
    if not found:
        row.problems.append(
            _("“%(typed)s” is not known under “%(column)s”. Known are: %(known)s.")
            % {
                "typed": typed[:60],
                "column": COLUMNS[column],
                "known": ", ".join(str(label) for label in choices.labels),
            }
        )
    return found


def _year(row: CheckedRow, column: str) -> int | None:
    typed = row.typed.get(column, "")
    if not typed:
        return None
    year = read_year(typed)
    if year and 1900 <= year <= 2100:
        return year
    row.problems.append(
        _("“%(typed)s” under “%(column)s” is not a year, such as 2021.")
        % {"typed": typed[:60], "column": COLUMNS[column]}
    )
    return None


def _look_for_duplicates(row: CheckedRow, current: set[str], seen: dict[str, int]) -> None:
    """Whoever has left may come again; two current ones of a name are one too many."""
    name = _plain(row.facts["name"])
    if not name or row.facts["left"] is not None:
        return
    if name in current:
        row.is_duplicate = True
        row.problems.append(_("A current member of this name is entered already."))
    elif name in seen:
        row.is_duplicate = True
        row.problems.append(
            _("The same name stands in row %(number)s of the list.") % {"number": seen[name]}
        )
    else:
        seen[name] = row.number


def _is_heading(row: list[str]) -> bool:
    """The first row with something in it, but for Excel's own `sep=;`."""
    return any(row) and not row[0].lower().startswith("sep=")


def _column_of(heading: str) -> str:
    return _headings().get(_plain(heading), "")


@cache
def _headings() -> dict[str, str]:
    """Every way to write a heading: its name in the code, and its words in each language."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {_plain(str(label)): column for column, label in COLUMNS.items()}
    return found | {column: column for column in COLUMNS}


@cache
def _spellings(choices: Any) -> dict[str, str]:
    """Every way to write a choice: its value, its words in each language, and those shortened."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for value, label in choices.choices:
                found[_plain(str(label))] = value
                found[_plain(str(label).partition("(")[0])] = value
    return found | {_plain(value): value for value in choices.values}


def _plain(text: str) -> str:
    """Without capitals, accents, marks between words and the difference of one blank or two."""
    return " ".join(folded(text).replace("_", " ").replace("-", " ").split())
