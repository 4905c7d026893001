"""What a browser sent of a plan, as rows of its parts. Nothing is judged here, nothing dropped.

The rows come as `drafts.forms` says. Buttons work on rows without JavaScript: `add_row` names a
part, `remove_row`, `row_up` and `row_down` a part and a row ("6-2").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from drafts.forms import typed_rows
from inputs.rules.numbers import sent_number
from vouchers.assistance.plans.rules.parts import COLUMNS, PartOf, RawRow
from vouchers.assistance.plans.rules.reading import filled
from vouchers.calls.models import CallIndicator

_DIGITS = 4
MOVES = ("remove_row", "row_up", "row_down")


def typed_parts(
    data: QueryDict, indicators: Iterable[CallIndicator] = (), language: str = "en"
) -> dict[int, list[RawRow]]:
    """The filled rows of each part that was sent, in their order, after the button that was pressed."""
    known = {one.code: one for one in indicators}
    parts: dict[int, list[RawRow]] = {}
    for part in PartOf:
        if f"rows_{part}" in data:
            rows = moved(_rows(data, part), _pressed(data, part))
            if part == PartOf.RESULTS:
                rows = [_named(row, known, language) for row in rows]
            parts[part] = rows if part == PartOf.FRAME else filled(rows)
    return parts


def _rows(data: QueryDict, part: PartOf) -> list[RawRow]:
    keyed = part != PartOf.FRAME
    return typed_rows(data, part, COLUMNS[part], keyed=keyed, lists=("needs",))


def _named(row: RawRow, known: Mapping[str, CallIndicator], language: str) -> RawRow:
    """An indicator of the call brings its name and unit along, where none are written."""
    indicator = known.get(row["code"])
    if indicator is None:
        return row
    name = row["name"] or indicator.name.localize(language)
    return {**row, "name": name, "unit": row["unit"] or indicator.unit.localize(language)}


def _pressed(data: QueryDict, part: PartOf) -> tuple[str, int] | None:
    """Which button on a row of the part was pressed, and on which row."""
    for move in MOVES:
        named, _dash, place = data.get(move, "").partition("-")
        if named == str(int(part)) and place.isdecimal():
            return move, sent_number(place, _DIGITS)
    return None


def moved(rows: list[RawRow], pressed: tuple[str, int] | None) -> list[RawRow]:
    """The rows after a button: one taken out, or changing places with the one above or below."""
    if pressed is None or pressed[1] >= len(rows):
        return rows
    move, place = pressed
    if move == "remove_row":
        return [row for at, row in enumerate(rows) if at != place]
    other = place - 1 if move == "row_up" else place + 1
    if not 0 <= other < len(rows):
        return rows
    turned = list(rows)
    turned[place], turned[other] = turned[other], turned[place]
    return turned


def presses_a_row(data: Mapping[str, str]) -> bool:
    """Whether a button of a row, or “Add a row”, was pressed and not “Save”."""
    return any(name in data for name in (*MOVES, "add_row"))
