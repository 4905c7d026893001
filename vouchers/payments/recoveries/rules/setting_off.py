"""How much of what payees owe is set off against claims that are paid together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

# A payment of nothing is none: banks refuse it.
LEAST_PAYMENT = Decimal("0.01")


@dataclass(frozen=True)
class Owed:
    """What is open of a correction (EUR): of which payee, in which call."""

    correction: int
    payee: Hashable
    call: int
    open: Decimal


@dataclass(frozen=True)
class Due:
    """A claim that is to be paid (EUR): to which payee, from which call."""

    claim: int
    payee: Hashable
    call: int
    amount: Decimal


@dataclass(frozen=True)
class SetOff:
    """So much of a correction (EUR) is set off against the payment of a claim."""

    claim: int
    correction: int
    amount: Decimal


def set_off(dues: Sequence[Due], owed: Sequence[Owed]) -> list[SetOff]:
    """What is set off, claim by claim and the oldest correction first; at least a cent is paid of each.

    Money of one call is not set off against that of another.
    """
    left = {one.correction: one.open for one in owed}
    found = []
    for due in dues:
        bears = due.amount - LEAST_PAYMENT
        for one in owed:
            amount = min(bears, left[one.correction])
            if (one.payee, one.call) == (due.payee, due.call) and amount > 0:
                found.append(SetOff(due.claim, one.correction, amount))
                left[one.correction] -= amount
                bears -= amount
    return found
