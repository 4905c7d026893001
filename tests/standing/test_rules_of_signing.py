"""Whose turn it is while an agreement waits for its second signature."""

from __future__ import annotations

from dataclasses import replace

from tests.standing.judging import ago, ahead, facts
from vouchers.standing.rules import (
    AwaitedParty,
    AwaitedTask,
    ClaimFact,
    DeliveryFact,
    Quotes,
    Reached,
    turns_of,
)


def test_what_the_second_signature_holds_up_is_nobodys_turn_but_of_who_gives_it():
    claimed = DeliveryFact(
        "A", ago(9), step=Reached.DONE, since=ago(8), claim=ClaimFact("verified", ago(2))
    )
    judged = facts(
        deliveries=(claimed, DeliveryFact("B", ahead(9), pk=2)),
        quotes=Quotes("decided", ago(3)),
    )
    held_up = {AwaitedTask.ENTER_CONTRACT, AwaitedTask.APPROVE_CLAIM}
    assert held_up < {turn.task for turn in turns_of(judged)}
    judged = replace(judged, awaits_countersignature_since=ago(40))
    first, *others = turns_of(judged)
    assert (first.party, first.task, first.since) == (
        AwaitedParty.COORDINATOR,
        AwaitedTask.COUNTERSIGN,
        ago(40),
    )
    assert [turn.task for turn in others] == [AwaitedTask.DELIVER]
    assert not turns_of(replace(judged, is_suspended=True))
