"""Which reads are scoped to a person, and which are not: said where the read is, held by a test.

Records of clusters, applications, scores, decisions and money are read in `queries` only, by one of:

- `…_visible_to(person)`, which reads no more than the person may;
- a read of what belongs to a record or person that it is given (`order_of(claim)`, `notices_of(user)`):
  whoever calls it has found that record within the person's scope;
- a read marked `for_system`, which sees everything, for a reason.

Views, forms, panels and template tags read through these, and of the last only those that
`tests/access/test_unscoped.py` lists, each with why a page may show what it gives.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Read = TypeVar("Read", bound=Callable[..., object])


def for_system(why: str) -> Callable[[Read], Read]:
    """Mark a read that is scoped to nobody; `why` says what it is for."""

    def mark(read: Read) -> Read:
        read.for_system = why  # type: ignore[attr-defined]
        return read

    return mark
