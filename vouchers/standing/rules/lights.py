"""The light of a voucher: a pure function of facts, with its reasons.

A reason is amber once its limit is passed and red at twice the limit (`Limits`); what is promised for
a day is amber the day after and red after the days of grace. The worst reason is the light.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .facts import Step, VoucherFacts
from .turns import Party, Task, Turn, turns_of


class Light(StrEnum):
    """How a voucher does, from good to bad."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Cause(StrEnum):
    """Why a light is not green."""

    MILESTONE_LATE = "milestone_late"
    WAITING = "waiting"
    SILENT = "silent"
    OVER_PLAN = "over_plan"
    ENDING = "ending"
    PAST_ITS_END = "past_its_end"


@dataclass(frozen=True)
class Reason:
    """One cause: its light, how many days, about what, and who is waited for where somebody is."""

    cause: Cause
    light: Light
    days: int = 0
    about: str = ""
    party: Party | None = None
    task: Task | None = None


_ORDER = list(Light)


def light_of(reasons: tuple[Reason, ...]) -> Light:
    """The worst of the reasons; green without any."""
    return max((reason.light for reason in reasons), key=_ORDER.index, default=Light.GREEN)


def causes_of(facts: VoucherFacts) -> tuple[Reason, ...]:
    """Everything that is not as it should be, the worst and longest first; nothing for what ended."""
    if not facts.is_open:
        return ()
    found = [*_late(facts), *_waiting(facts), *_silent(facts), *_over_plan(facts), *_ending(facts)]
    return tuple(sorted(found, key=lambda one: (-_ORDER.index(one.light), -one.days)))


def _late(facts: VoucherFacts) -> Iterator[Reason]:
    for delivery in facts.deliveries:
        days = (facts.today - delivery.due_on).days
        if days > 0 and delivery.step in (Step.NOTHING, Step.DRAFT, Step.RETURNED):
            light = Light.RED if days > facts.limits.grace else Light.AMBER
            yield Reason(Cause.MILESTONE_LATE, light, days, delivery.title)


def _waiting(facts: VoucherFacts) -> Iterator[Reason]:
    limit = facts.limits.turn
    for turn in turns_of(facts):
        days = turn.days(facts.today)
        if days > limit and not _is_said_as_late(turn):
            light = Light.RED if days > 2 * limit else Light.AMBER
            yield Reason(Cause.WAITING, light, days, turn.about, turn.party, turn.task)


def _is_said_as_late(turn: Turn) -> bool:
    return turn.task == Task.DELIVER


def _silent(facts: VoucherFacts) -> Iterator[Reason]:
    days, limit = (facts.today - facts.last_activity).days, facts.limits.silence
    if days > limit:
        yield Reason(Cause.SILENT, Light.RED if days > 2 * limit else Light.AMBER, days)


def _over_plan(facts: VoucherFacts) -> Iterator[Reason]:
    planned_days = sum(one.days for one in facts.deliveries)
    if facts.planned > facts.amount:
        yield Reason(Cause.OVER_PLAN, Light.RED)
    elif facts.plan.in_force and (
        facts.days_worked > planned_days or facts.contracted > facts.planned
    ):
        yield Reason(Cause.OVER_PLAN, Light.AMBER)


def _ending(facts: VoucherFacts) -> Iterator[Reason]:
    left = (facts.valid_until - facts.today).days
    if left < 0:
        yield Reason(Cause.PAST_ITS_END, Light.RED, -left)
    elif left <= facts.limits.ending and not facts.everything_is_delivered:
        light = Light.RED if left <= facts.limits.grace else Light.AMBER
        yield Reason(Cause.ENDING, light, left)
