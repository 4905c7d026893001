"""What a controller finds of a line: eligible, deducted, parked; EUR with two places."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_NOTHING = Decimal("0.00")


class Fault(StrEnum):
    """Why what was typed of a line cannot stand."""

    NEGATIVE = "negative"
    CENTS = "cents"
    TOO_MUCH = "too_much"
    NO_TYPE = "no_type"
    STRANGE_TYPE = "strange_type"
    NO_REASON = "no_reason"
    NO_PARK_REASON = "no_park_reason"
    NOTHING_DEDUCTED = "nothing_deducted"
    NOTHING_PARKED = "nothing_parked"


@dataclass(frozen=True)
class LineFound:
    """What is found of a line, beside what is eligible of it: the rest of its amount."""

    deducted: Decimal = _NOTHING
    error_type: str = ""
    reason: str = ""
    parked: Decimal = _NOTHING
    park_reason: str = ""
    # Whether the line was looked at in depth.
    sampled: bool = False

    def eligible_of(self, amount: Decimal) -> Decimal:
        """What is eligible of a line of this amount (EUR)."""
        return amount - self.deducted - self.parked


def faults_of(found: LineFound, amount: Decimal, types: list[str]) -> list[tuple[str, Fault]]:
    """What is wrong with it, by the field that it is about; `types` are those of the call."""
    faults = []
    for name, sum_ in (("deducted", found.deducted), ("parked", found.parked)):
        if sum_ < 0:
            faults.append((name, Fault.NEGATIVE))
        elif sum_ != round(sum_, 2):
            faults.append((name, Fault.CENTS))
    if not faults and found.eligible_of(amount) < 0:
        faults.append(("parked" if found.parked else "deducted", Fault.TOO_MUCH))
    if found.deducted > 0:
        if not found.error_type:
            faults.append(("error_type", Fault.NO_TYPE))
        elif found.error_type not in types:
            faults.append(("error_type", Fault.STRANGE_TYPE))
        if not found.reason.strip():
            faults.append(("reason", Fault.NO_REASON))
    elif found.error_type or found.reason.strip():
        faults.append(("deducted", Fault.NOTHING_DEDUCTED))
    if found.parked > 0 and not found.park_reason.strip():
        faults.append(("park_reason", Fault.NO_PARK_REASON))
    elif not found.parked and found.park_reason.strip():
        faults.append(("parked", Fault.NOTHING_PARKED))
    return faults


def approvals_for(amount: Decimal, two_above: Decimal | None, three_above: Decimal | None) -> int:
    """How many people approve a sum (EUR): one, and one more above each limit that the call sets."""
    return 1 + sum(limit is not None and amount > limit for limit in (two_above, three_above))
