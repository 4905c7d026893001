"""What is left of a plan, day by day: as it is planned, and as sessions used it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .hours import worth_of

_NONE = Decimal(0)


@dataclass(frozen=True)
class Level:
    """What is left from a day on: days of expertise, or EUR."""

    day: date
    left: Decimal


@dataclass(frozen=True)
class Planned:
    """A milestone: its key, when it is due, how many days, how much (EUR)."""

    key: int
    due_on: date
    days: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Used:
    """A session that counts: for which milestone (its key), when and how many hours."""

    key: int
    day: date
    hours: Decimal


def planned_steps(begun_on: date, falls: Iterable[tuple[date, Decimal]]) -> list[Level]:
    """What would be left if each milestone took until its due day: all of it at the beginning.

    `falls` are the due days, each with what is used by then; a due day before the beginning counts
    as the beginning.
    """
    by_day = _summed((max(day, begun_on), value) for day, value in falls)
    return _falling(begun_on, by_day)


def used_steps(
    begun_on: date, until: date, total: Decimal, falls: Iterable[tuple[date, Decimal]]
) -> list[Level]:
    """What was left of `total` after each day with sessions, and `until` (today, or the end)."""
    by_day = _summed((max(day, begun_on), value) for day, value in falls)
    steps = [Level(begun_on, total)]
    for day, value in sorted(by_day.items()):
        steps.append(Level(day, max(_NONE, steps[-1].left - value)))
    if steps[-1].day < until:
        steps.append(Level(until, steps[-1].left))
    return steps


def worth_by_day(planned: Iterable[Planned], used: Iterable[Used]) -> list[tuple[date, Decimal]]:
    """EUR that each session used of the amount of its milestone, together at most the amount."""
    milestones = {one.key: one for one in planned}
    hours: dict[int, Decimal] = {}
    found = []
    for session in sorted(used, key=lambda one: one.day):
        milestone = milestones.get(session.key)
        if milestone is None:
            continue
        before = hours.get(session.key, _NONE)
        after = hours[session.key] = before + session.hours
        worth = worth_of(after, milestone.days, milestone.amount) - worth_of(
            before, milestone.days, milestone.amount
        )
        found.append((session.day, worth))
    return found


def _summed(falls: Iterable[tuple[date, Decimal]]) -> dict[date, Decimal]:
    by_day: dict[date, Decimal] = {}
    for day, value in falls:
        by_day[day] = by_day.get(day, _NONE) + value
    return by_day


def _falling(begun_on: date, by_day: dict[date, Decimal]) -> list[Level]:
    left = sum(by_day.values(), _NONE)
    steps = [Level(begun_on, left)]
    for day, value in sorted(by_day.items()):
        left -= value
        steps.append(Level(day, left))
    return steps
