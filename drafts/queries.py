"""What was remarked on a version, and what the next draft is to answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from drafts.models import LineRemark

Remark = TypeVar("Remark", bound=LineRemark)


def by_line(remarks: Iterable[Remark]) -> dict[tuple[int, str], list[Remark]]:
    """Remarks by part and key of the row (empty for the part as a whole)."""
    found: dict[tuple[int, str], list[Remark]] = defaultdict(list)
    for remark in remarks:
        found[remark.part, str(remark.key or "")].append(remark)
    return dict(found)
