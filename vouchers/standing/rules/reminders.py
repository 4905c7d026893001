"""Who is reminded of what: before, on and after a due day, and over whose head once it lasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .facts import DeliveryFact, Reached, VoucherFacts
from .turns import AwaitedParty, AwaitedTask, Turn, turns_of

# A milestone is reminded of so many days from its due day; of those that passed, the last one counts.
_OF_MILESTONES = (-7, 0, 3)


class ReminderKind(StrEnum):
    """What a reminder says."""

    DUE = "due"
    LATE = "late"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class VoucherReminder:
    """One reminder: its kind, who hears of it, and for which day, about what.

    `party` is who is waited for, `tells` who hears of it: another one where it is escalated. `days`
    is negative before the day. `key` is the same as long as it is the same reminder.
    """

    kind: ReminderKind
    tells: AwaitedParty
    party: AwaitedParty
    task: AwaitedTask
    day: date
    days: int
    about: str
    key: str


def reminders_of(facts: VoucherFacts) -> tuple[VoucherReminder, ...]:
    """The reminders that are due on the day; what was written before is known by its key."""
    if not facts.is_open:
        return ()
    return (*_of_milestones(facts), *_of_turns(facts))


def _of_milestones(facts: VoucherFacts) -> Iterator[VoucherReminder]:
    grace = facts.limits.grace
    for delivery in facts.deliveries:
        if delivery.step not in (Reached.NOTHING, Reached.DRAFT, Reached.RETURNED):
            continue
        days = facts.days_since(delivery.due_on)
        passed = [step for step in _OF_MILESTONES if days >= step]
        if passed:
            yield _of_milestone(delivery, days, AwaitedParty.CLUSTER, passed[-1])
        if days > grace:
            yield _of_milestone(delivery, days, AwaitedParty.PARTNER, grace)
        if days > 2 * grace:
            yield _of_milestone(delivery, days, AwaitedParty.COORDINATOR, 2 * grace)


def _of_milestone(
    delivery: DeliveryFact, days: int, tells: AwaitedParty, step: int
) -> VoucherReminder:
    return VoucherReminder(
        ReminderKind.LATE if days > 0 else ReminderKind.DUE,
        tells,
        AwaitedParty.CLUSTER,
        AwaitedTask.DELIVER,
        delivery.due_on,
        days,
        delivery.title,
        f"milestone-{delivery.pk}-{delivery.due_on:%Y%m%d}-{step}",
    )


# Over whose head it goes once a party lets wait for twice its time.
_ABOVE = {
    AwaitedParty.CLUSTER: AwaitedParty.PARTNER,
    AwaitedParty.PARTNER: AwaitedParty.COORDINATOR,
    AwaitedParty.FINANCE: AwaitedParty.COORDINATOR,
}


def _of_turns(facts: VoucherFacts) -> Iterator[VoucherReminder]:
    limit = facts.limits.turn
    for turn in turns_of(facts):
        days = facts.days_since(turn.since)
        if turn.task == AwaitedTask.DELIVER or days <= limit:
            continue
        yield _of_turn(turn, days, turn.party, limit)
        above = _ABOVE.get(turn.party)
        if above is not None and days > 2 * limit:
            yield _of_turn(turn, days, above, 2 * limit)


def _of_turn(turn: Turn, days: int, tells: AwaitedParty, step: int) -> VoucherReminder:
    key = f"turn-{turn.task}-{turn.pk}-{turn.since:%Y%m%d}-{step}"
    return VoucherReminder(
        ReminderKind.OVERDUE, tells, turn.party, turn.task, turn.since, days, turn.about, key
    )
