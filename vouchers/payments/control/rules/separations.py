"""Which duties of one payment are done by different people.

A policy is a set of pairs of duties that are kept apart. The floor is in every policy, and PostgreSQL
holds it by itself as well: four eyes on control and approval, and on a batch and its booking. Of one
duty that several people do (approvals, the two signatures of a batch), each is always another person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from itertools import combinations


class Duty(StrEnum):
    """What somebody does for a payment, in the order in which it is done."""

    SUBMITTER = "submitter"
    CONTROLLER = "controller"
    APPROVER = "approver"
    PROPOSER = "proposer"
    SIGNATORY = "signatory"
    BOOKER = "booker"


# Done by several people for one payment, each another one. What is proposed or booked a second time,
# because the bank gave it back, may be so by the same person.
BY_SEVERAL = (Duty.APPROVER, Duty.SIGNATORY)


def pair(one: Duty, other: Duty) -> str:
    """The name of a pair of duties, whichever is named first: controller-approver."""
    return "-".join(duty for duty in Duty if duty in (one, other))


PAIRS: tuple[str, ...] = tuple(pair(one, other) for one, other in combinations(Duty, 2))
FLOOR: tuple[str, ...] = (
    pair(Duty.CONTROLLER, Duty.APPROVER),
    pair(Duty.PROPOSER, Duty.SIGNATORY),
    pair(Duty.SIGNATORY, Duty.BOOKER),
)
# Where nobody has decided otherwise: whoever had a hand in the claim stays away from its money, but a
# coordinator who approved a claim may sign its batch (there are often two coordinators in all).
USUAL: tuple[str, ...] = tuple(
    one
    for one in PAIRS
    if one
    not in {
        pair(Duty.CONTROLLER, Duty.SIGNATORY),
        pair(Duty.APPROVER, Duty.SIGNATORY),
    }
)


def in_order(pairs: Iterable[str]) -> list[str]:
    """The pairs as a policy keeps them: each once, in one order, with the floor."""
    wanted = {*pairs, *FLOOR}
    return [one for one in PAIRS if one in wanted]


def kept_from(
    duty: Duty, person: int, done: Mapping[Duty, Collection[int]], apart: Collection[str]
) -> list[Duty]:
    """For which duties that the person (id) has done already they may not do `duty`, in order.

    `done` says who (ids) did which duty so far, `apart` which pairs the policy keeps apart.
    """
    kept = {*apart, *FLOOR}
    return [
        other
        for other in Duty
        if person in done.get(other, ())
        and (duty in BY_SEVERAL if other == duty else pair(duty, other) in kept)
    ]
