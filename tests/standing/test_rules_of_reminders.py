"""Who is reminded of what, and when: pure functions of facts."""

from __future__ import annotations

import pytest

from tests.standing.judging import ago, ahead, facts
from vouchers.standing.rules import (
    AwaitedParty,
    DeliveryFact,
    PlanFact,
    Reached,
    VoucherFacts,
    reminders_of,
)


def told(judged: VoucherFacts) -> list[tuple[AwaitedParty, int]]:
    return [(one.tells, one.days) for one in reminders_of(judged)]


class TestReminders:
    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            (-8, []),
            (-7, [AwaitedParty.CLUSTER]),
            (0, [AwaitedParty.CLUSTER]),
            (7, [AwaitedParty.CLUSTER]),
            (8, [AwaitedParty.CLUSTER, AwaitedParty.PARTNER]),
            (15, [AwaitedParty.CLUSTER, AwaitedParty.PARTNER, AwaitedParty.COORDINATOR]),
        ],
    )
    def test_a_milestone_before_on_and_after_its_day(self, days, expected):
        judged = facts(deliveries=(DeliveryFact("Strategy", ago(days)),))
        assert told(judged) == [(party, days) for party in expected]

    def test_each_is_one_reminder_until_the_next(self):
        keys = [
            {
                one.key
                for one in reminders_of(facts(deliveries=(DeliveryFact("A", ago(day), pk=4),)))
            }
            for day in range(-7, 16)
        ]
        by_day = [{key.rsplit("-", 1)[1] for key in of_day} for of_day in keys]
        assert by_day[0] == {"7"}
        assert by_day[7] == {"0"}
        assert by_day[10] == {"3"}
        assert by_day[15] == {"3", "7"}
        assert by_day[22] == {"3", "7", "14"}

    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            (7, []),
            (8, [AwaitedParty.PARTNER]),
            (15, [AwaitedParty.PARTNER, AwaitedParty.COORDINATOR]),
        ],
    )
    def test_an_acceptance_that_waits_goes_over_the_head_of_who_lets_wait(self, days, expected):
        waiting = DeliveryFact("Strategy", ahead(9), step=Reached.SECOND, since=ago(days))
        assert told(facts(deliveries=(waiting,))) == [(party, days) for party in expected]

    def test_a_coordinator_has_nobody_above(self):
        judged = facts(plan=PlanFact(Reached.SECOND, ago(40)), deliveries=())
        assert told(judged) == [(AwaitedParty.COORDINATOR, 40)]

    def test_nothing_is_reminded_of_once_it_is_handed_in(self):
        handed_in = DeliveryFact("Strategy", ago(30), step=Reached.SENT, since=ago(3))
        assert told(facts(deliveries=(handed_in,))) == []

    def test_nor_once_the_voucher_ended(self):
        judged = facts(is_active=False, deliveries=(DeliveryFact("Strategy", ago(30)),))
        assert told(judged) == []
