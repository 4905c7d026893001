"""The light of a voucher: a pure function of facts, with its reasons.

A reason is amber once its limit is passed and red at twice the limit (`Limits`); what is promised for
a day is amber the day after and red after the days of grace. The worst reason is the light.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .facts import Reached, VoucherFacts
from .turns import AwaitedParty, AwaitedTask, Turn, turns_of


class LightOfFacts(StrEnum):
    """How a voucher does, from good to bad."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class LightCause(StrEnum):
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

    cause: LightCause
    light: LightOfFacts
    days: int = 0
    about: str = ""
    party: AwaitedParty | None = None
    task: AwaitedTask | None = None


_ORDER = list(LightOfFacts)


def light_of(reasons: tuple[Reason, ...]) -> LightOfFacts:
    """The worst of the reasons; green without any."""
    return max((reason.light for reason in reasons), key=_ORDER.index, default=LightOfFacts.GREEN)


def causes_of(facts: VoucherFacts) -> tuple[Reason, ...]:
    """Everything that is not as it should be, the worst and longest first; nothing for what ended."""
    if not facts.is_open:
        return ()
    found = [*_late(facts), *_waiting(facts), *_silent(facts), *_over_plan(facts), *_ending(facts)]
    return tuple(sorted(found, key=lambda one: (-_ORDER.index(one.light), -one.days)))


def _late(facts: VoucherFacts) -> Iterator[Reason]:
    for delivery in facts.deliveries:
        days = facts.days_since(delivery.due_on)
        if days > 0 and delivery.step in (Reached.NOTHING, Reached.DRAFT, Reached.RETURNED):
            light = LightOfFacts.RED if days > facts.limits.grace else LightOfFacts.AMBER
            yield Reason(LightCause.MILESTONE_LATE, light, days, delivery.title)


def _waiting(facts: VoucherFacts) -> Iterator[Reason]:
    limit = facts.limits.turn
    for turn in turns_of(facts):
        days = facts.days_since(turn.since)
        if days > limit and not _is_said_as_late(turn):
            light = LightOfFacts.RED if days > 2 * limit else LightOfFacts.AMBER
            yield Reason(LightCause.WAITING, light, days, turn.about, turn.party, turn.task)


def _is_said_as_late(turn: Turn) -> bool:
    return turn.task == AwaitedTask.DELIVER


def _silent(facts: VoucherFacts) -> Iterator[Reason]:
    days, limit = facts.days_since(facts.last_activity), facts.limits.silence
    if days > limit:
        yield Reason(
            LightCause.SILENT, LightOfFacts.RED if days > 2 * limit else LightOfFacts.AMBER, days
        )


def _over_plan(facts: VoucherFacts) -> Iterator[Reason]:
    planned_days = sum(one.days for one in facts.deliveries)
    if facts.planned > facts.amount:
        yield Reason(LightCause.OVER_PLAN, LightOfFacts.RED)
    elif facts.plan.in_force and (
        facts.days_worked > planned_days or facts.contracted > facts.planned
    ):
        yield Reason(LightCause.OVER_PLAN, LightOfFacts.AMBER)


def _ending(facts: VoucherFacts) -> Iterator[Reason]:
    left = (facts.valid_until - facts.today).days
    if left < 0:
        yield Reason(LightCause.PAST_ITS_END, LightOfFacts.RED, -left)
    elif left <= facts.limits.ending and not facts.everything_is_delivered:
        light = LightOfFacts.RED if left <= facts.limits.grace else LightOfFacts.AMBER
        yield Reason(LightCause.ENDING, light, left)
