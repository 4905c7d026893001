"""What a browser sent of a draft of rows, and of remarks on one. Nothing is judged here, nothing dropped.

The rows of a part come in fields called `part_<part>_<row>_<column>`, counted from 0 by
`rows_<part>`; their `key` is among the columns. `seen_<part>` is the version of the part that the
person had before them. A remark comes as `remark_<part>_<key of the row>`; no key for the part.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict

from drafts.actions import MOST_ROWS, RemarkInput
from drafts.models import RawRow
from inputs.rules.marks import printable
from inputs.rules.numbers import sent_number

_DIGITS = 4
_LONGEST_REMARK = 5000


def typed_rows(
    data: QueryDict,
    part: int,
    columns: Sequence[str],
    *,
    keyed: bool,
    lists: Collection[str] = (),
) -> list[RawRow]:
    """The rows of a part as they were typed; of the columns in `lists` all values, with commas."""
    count = min(sent_number(data.get(f"rows_{part}", ""), _DIGITS), MOST_ROWS + 1)
    rows = []
    for place in range(count):
        name = f"part_{part}_{place}"
        row = {"key": _key(data.get(f"{name}_key", ""))} if keyed else {}
        for column in columns:
            values = data.getlist(f"{name}_{column}")
            text = ",".join(filter(None, values)) if column in lists else "".join(values[:1])
            row[column] = printable(text)
        rows.append(row)
    return rows


@dataclass(frozen=True)
class TypedReturn:
    """What somebody wrote to return a version: the reason, and remarks at its lines."""

    reason: str
    remarks: list[RemarkInput]

    @property
    def is_anything(self) -> bool:
        """Whether anything was written."""
        return bool(self.reason.strip() or self.remarks)

    @property
    def shown(self) -> dict[str, Any]:
        """What a page shows it again with: the reason, and the texts by part and row."""
        written = {(remark.part, remark.key): remark.text for remark in self.remarks}
        return {"reason": self.reason, "written": written}


def typed_return(data: Mapping[str, str]) -> TypedReturn:
    """The reason and the remarks that were written."""
    return TypedReturn(printable(data.get("reason", "")), typed_remarks(data))


def typed_remarks(data: Mapping[str, str]) -> list[RemarkInput]:
    """The remarks that were written."""
    found = []
    for name, text in data.items():
        if name.startswith("remark_") and text.strip():
            _word, part, key = [*name.split("_", 2), ""][:3]
            found.append(RemarkInput(sent_number(part, 2), printable(text[:_LONGEST_REMARK]), key))
    return found


def _key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return str(uuid4())
