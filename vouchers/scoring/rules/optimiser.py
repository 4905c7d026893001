"""Sharing applications out among assessors: a pure function, solved as a network flow by SciPy.

Every application gets as many assessors as it lacks, nobody beyond their capacity, at the least cost.
The cost of a pair says how well the assessor fits; the more somebody has already, the more another
application costs, so that the load is shared. The same input gives the same proposal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

# What an unsuitable pair costs, in applications of additional load that one would rather bear.
OTHER_LANGUAGE = 8
OTHER_SECTOR = 3
SAME_COUNTRY = 1
# Where people of the partner are recused, the country is close to the cluster: ask elsewhere.
SAME_COUNTRY_AS_RECUSED = 20
HINT_OF_CONFLICT = 100
# Dearer than any pair, so that an application stays short of assessors only where nobody is left.
MISSING = 10_000


@dataclass(frozen=True)
class Assessor:
    """Somebody who can be asked: what they know, how many they have, and how many at most."""

    id: int
    country: str = ""
    languages: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    load: int = 0
    capacity: int | None = None


@dataclass(frozen=True)
class Unstaffed:
    """An application that lacks `missing` assessors, and by whom it can be scored (`possible`)."""

    application: int
    missing: int
    country: str = ""
    language: str = ""
    sectors: frozenset[str] = frozenset()
    partner_recused: bool = False
    possible: Collection[int] = field(default=(), repr=False)
    hinted: Collection[int] = ()


@dataclass(frozen=True)
class Pair:
    """One application and the assessor proposed for it."""

    application: int
    assessor: int


def cost_of(need: Unstaffed, assessor: Assessor) -> int:
    """What the pair costs; 0 for one that fits in every way.

    Whoever states no language or no sector is taken to know none of them better than others.
    """
    cost = 0
    if need.language not in assessor.languages:
        cost += OTHER_LANGUAGE
    if not need.sectors & assessor.sectors:
        cost += OTHER_SECTOR
    if need.country and need.country == assessor.country:
        cost += SAME_COUNTRY_AS_RECUSED if need.partner_recused else SAME_COUNTRY
    if assessor.id in need.hinted:
        cost += HINT_OF_CONFLICT
    return cost


def balance(needs: Sequence[Unstaffed], assessors: Sequence[Assessor]) -> list[Pair]:
    """The pairs at the least cost, by application and assessor; fewer where nobody is left."""
    needs = sorted(needs, key=lambda need: need.application)
    people = {assessor.id: assessor for assessor in sorted(assessors, key=lambda one: one.id)}
    pairs = [
        (need, people[assessor])
        for need in needs
        for assessor in sorted(need.possible)
        if assessor in people
    ]
    if not pairs:
        return []
    chosen = _solve(needs, list(people.values()), pairs)
    return [
        Pair(need.application, assessor.id)
        for (need, assessor), taken in zip(pairs, chosen, strict=True)
        if taken
    ]


def _solve(
    needs: Sequence[Unstaffed],
    people: Sequence[Assessor],
    pairs: Sequence[tuple[Unstaffed, Assessor]],
) -> list[bool]:
    """Whether each pair is taken: the flow from needs over pairs into the places of each assessor.

    Variables: the pairs, then what stays missing of each need, then the places of each assessor, of
    which the next one always costs one more than the last.
    """
    slots = [(person, number) for person in people for number in range(_places(person, len(needs)))]
    costs = np.array(
        [
            *(cost_of(need, assessor) for need, assessor in pairs),
            *(MISSING for _need in needs),
            *(person.load + number for person, number in slots),
        ],
        dtype=float,
    )
    upper = np.array(
        [*(1 for _pair in pairs), *(n.missing for n in needs), *(1 for _slot in slots)]
    )
    # Loaded where it is used: it takes as long as the rest of the portal's start.
    from scipy.optimize import milp  # noqa: PLC0415 - it takes long

    solved = milp(
        costs,
        integrality=np.ones_like(costs),
        bounds=(0, upper),
        constraints=_flow(needs, people, pairs, slots),
    )
    return [value > 0.5 for value in solved.x[: len(pairs)]]


def _flow(
    needs: Sequence[Unstaffed],
    people: Sequence[Assessor],
    pairs: Sequence[tuple[Unstaffed, Assessor]],
    slots: Sequence[tuple[Assessor, int]],
) -> LinearConstraint:
    """Each need is met or missing; what an assessor is given fills their places."""
    from scipy.optimize import LinearConstraint  # noqa: PLC0415 - it takes long
    from scipy.sparse import coo_array  # noqa: PLC0415 - it takes long

    of_need = {need.application: row for row, need in enumerate(needs)}
    of_person = {person.id: len(needs) + row for row, person in enumerate(people)}
    entries: list[tuple[int, int, int]] = []
    for column, (need, assessor) in enumerate(pairs):
        entries += [(of_need[need.application], column, 1), (of_person[assessor.id], column, 1)]
    for row in range(len(needs)):
        entries.append((row, len(pairs) + row, 1))
    for column, (person, _number) in enumerate(slots, start=len(pairs) + len(needs)):
        entries.append((of_person[person.id], column, -1))
    rows, columns, values = zip(*entries, strict=True)
    shape = (len(needs) + len(people), len(pairs) + len(needs) + len(slots))
    right = np.array([*(need.missing for need in needs), *(0 for _person in people)])
    return LinearConstraint(coo_array((values, (rows, columns)), shape=shape).tocsc(), right, right)


def _places(person: Assessor, needs: int) -> int:
    """How many more applications somebody can take: up to the capacity, and to what is needed."""
    free = needs if person.capacity is None else person.capacity - person.load
    return max(0, min(needs, free))


def missing_after(needs: Sequence[Unstaffed], pairs: Sequence[Pair]) -> Mapping[int, int]:
    """How many assessors each application still lacks, by its id; those that lack none left out."""
    given = {need.application: 0 for need in needs}
    for pair in pairs:
        given[pair.application] += 1
    return {
        need.application: need.missing - given[need.application]
        for need in needs
        if need.missing > given[need.application]
    }
