"""How much of the plan is used: days and euros of each milestone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.rules.hours import days_of, worth_of
from vouchers.assistance.plans.models import Milestone

_NONE = Decimal(0)


@dataclass(frozen=True)
class Burned:
    """A milestone with what its sessions used: days of expertise, and EUR of its amount.

    `confirmed` and `waiting` are days; what was returned or taken back does not count.
    """

    milestone: Milestone
    confirmed: Decimal
    waiting: Decimal
    worth: Decimal

    @property
    def used(self) -> Decimal:
        """Days of all sessions that count."""
        return self.confirmed + self.waiting

    @property
    def left(self) -> Decimal:
        """Planned days that are not used yet; below zero where the tolerance is used."""
        return self.milestone.days - self.used

    @property
    def worth_left(self) -> Decimal:
        """EUR of the milestone for which nothing is logged yet."""
        return self.milestone.amount - self.worth


def burned_of(milestones: Iterable[Milestone], sessions: Iterable[Session]) -> list[Burned]:
    """For each milestone in force what its sessions used; without a query."""
    hours: dict[tuple[int, str], Decimal] = {}
    for session in sessions:
        key = (session.milestone_id, session.state)
        hours[key] = hours.get(key, _NONE) + session.hours
    found = []
    for milestone in milestones:
        confirmed = hours.get((milestone.pk, Session.State.CONFIRMED), _NONE)
        waiting = hours.get((milestone.pk, Session.State.LOGGED), _NONE)
        found.append(
            Burned(
                milestone,
                days_of(confirmed),
                days_of(waiting),
                worth_of(confirmed + waiting, milestone.days, milestone.amount),
            )
        )
    return found
