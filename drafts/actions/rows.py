"""Saving the parts of a draft as they were typed: part of the action of the room whose draft it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from conduct.actions import Refused
from drafts.models import DraftedRows, RawRow
from drafts.rules import is_overtaken

# Far more than a draft ever has: what is longer was pasted by mistake.
MOST_CHARACTERS = 100_000
MOST_ROWS = 200

Part = TypeVar("Part", bound=DraftedRows)


@dataclass(frozen=True)
class OvertakenPart(Generic[Part]):
    """A part that somebody else changed since the person last saw it; it was not saved."""

    part: int
    theirs: Part
    yours: list[RawRow]


def save_rows(
    standing: Mapping[int, Part],
    begin: Callable[[int], Part],
    typed: Mapping[int, list[RawRow]],
    *,
    known: Collection[int],
    seen: Mapping[int, int],
    by: User,
) -> list[OvertakenPart[Part]]:
    """Save the `known` parts among the typed ones, right or wrong, by the number of the part.

    `standing` are the parts that are there, under the lock of their record; `begin` makes another one,
    not saved, of which nothing was seen. `seen` gives for each part the version that the person had
    before them (0 for none). A part that somebody else changed meanwhile is not overwritten but
    returned. Raises Refused for a part that is longer than any draft, and saves none.
    """
    for rows in typed.values():
        _require_bearable(rows)
    overtaken = []
    for part in sorted(set(typed) & set(known)):
        drafted = standing.get(part) or begin(part)
        if drafted.rows == typed[part]:
            continue
        if is_overtaken(drafted.seen_as, seen.get(part, 0)):
            overtaken.append(OvertakenPart(part, drafted, typed[part]))
        else:
            drafted.rows = typed[part]
            drafted.seen_as += 1
            drafted.changed_by = by
            drafted.save()
    return overtaken


def _require_bearable(rows: list[RawRow]) -> None:
    if len(rows) > MOST_ROWS or sum(len(cell) for row in rows for cell in row.values()) > (
        MOST_CHARACTERS
    ):
        raise Refused(
            _(
                "A part of more than %(rows)s rows or %(number)s characters cannot be saved. "
                "Please shorten it."
            )
            % {"rows": MOST_ROWS, "number": number_format(MOST_CHARACTERS, force_grouping=True)}
        )
