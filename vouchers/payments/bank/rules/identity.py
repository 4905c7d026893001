"""By what a line is known again, whichever file brings it: so that it counts once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .answers import BankLine


@dataclass(frozen=True)
class Known:
    """A line with its identity within its account.

    With a reference of the bank it is known by that, its day, its amount and which detail it is; without
    one, by all that the bank says of it. What is alike in all of it is told apart by how often it came
    before in the same file.
    """

    line: BankLine
    identity: str
    occurrence: int


def identified(lines: Iterable[BankLine]) -> list[Known]:
    """Each line with its identity, in their order."""
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        identity = _identity(line)
        seen[identity] += 1
        found.append(Known(line, identity, seen[identity]))
    return found


def _identity(line: BankLine) -> str:
    values = [
        line.reference,
        line.booked_on.isoformat(),
        f"{line.amount:.3f}",
        line.currency,
        "CRDT" if line.is_credit else "DBIT",
        str(line.detail),
        line.end_to_end_id,
    ]
    if not line.reference:
        values += [
            line.valued_on.isoformat() if line.valued_on else "",
            line.payee_account,
            line.payee,
            line.text,
        ]
    measured = "".join(f"{len(value.encode())}:{value}," for value in values)
    return hashlib.sha256(measured.encode()).hexdigest()
