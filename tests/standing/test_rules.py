"""The light and the turn of a voucher: pure functions of facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.standing.rules import (
    Cause,
    Claim,
    Consent,
    Delivery,
    Light,
    Limits,
    Party,
    Plan,
    Quotes,
    Stage,
    Step,
    Task,
    VoucherFacts,
    causes_of,
    light_of,
    reminders_of,
    stage_of,
    turns_of,
)

TODAY = date(2026, 11, 28)
CONFIRMED = Consent(Step.DONE, date(2026, 10, 1), cluster_confirmed=True, partner_confirmed=True)
IN_FORCE = Plan(Step.DONE, date(2026, 10, 10), in_force=True)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def facts(**more: object) -> VoucherFacts:
    """A voucher with a plan in force, of which nobody could complain."""
    defaults = {
        "today": TODAY,
        "issued_on": date(2026, 9, 1),
        "valid_until": ahead(200),
        "last_activity": ago(1),
        "needs": CONFIRMED,
        "plan": IN_FORCE,
        "deliveries": (Delivery("Strategy", ahead(20), Decimal(4)),),
        "amount": Decimal(5000),
        "planned": Decimal(5000),
    }
    return VoucherFacts(**{**defaults, **more})  # type: ignore[arg-type]


def only_turn(judged: VoucherFacts) -> tuple[Party, Task, date]:
    (turn,) = turns_of(judged)
    return turn.party, turn.task, turn.since


class TestTurns:
    def test_a_new_voucher_waits_for_the_partner_from_its_first_day(self):
        judged = facts(needs=Consent(), plan=Plan(), deliveries=(), issued_on=ago(3))
        assert only_turn(judged) == (Party.PARTNER, Task.RECORD_NEEDS, ago(3))
        assert stage_of(judged) == Stage.NEEDS

    def test_a_shared_record_waits_for_whoever_has_not_confirmed(self):
        shared = Consent(Step.SENT, ago(2))
        judged = facts(needs=shared, plan=Plan(), deliveries=())
        assert {turn.party for turn in turns_of(judged)} == {Party.CLUSTER, Party.PARTNER}
        judged = replace(judged, needs=replace(shared, partner_confirmed=True))
        assert only_turn(judged) == (Party.CLUSTER, Task.CONFIRM_NEEDS, ago(2))

    @pytest.mark.parametrize(
        ("plan", "expected"),
        [
            (Plan(), (Party.CLUSTER, Task.WRITE_PLAN, CONFIRMED.since)),
            (Plan(Step.RETURNED, ago(4)), (Party.CLUSTER, Task.WRITE_PLAN, ago(4))),
            (Plan(Step.SENT, ago(4)), (Party.PARTNER, Task.APPROVE_PLAN, ago(4))),
            (Plan(Step.SECOND, ago(4)), (Party.COORDINATOR, Task.APPROVE_PLAN, ago(4))),
        ],
    )
    def test_a_plan_before_it_is_in_force(self, plan, expected):
        judged = facts(plan=plan, deliveries=())
        assert only_turn(judged) == expected
        assert stage_of(judged) == Stage.PLAN

    def test_an_amendment_waits_beside_what_is_delivered(self):
        judged = facts(plan=Plan(Step.SENT, ago(3), in_force=True))
        assert [turn.task for turn in turns_of(judged)] == [Task.APPROVE_PLAN, Task.DELIVER]
        assert stage_of(judged) == Stage.DELIVERY

    @pytest.mark.parametrize(
        ("state", "party", "task"),
        [
            ("needed", Party.CLUSTER, Task.ASK_FOR_QUOTES),
            ("draft", Party.CLUSTER, Task.ASK_FOR_QUOTES),
            ("asking", Party.CLUSTER, Task.OPEN_QUOTES),
            ("opened", Party.CLUSTER, Task.CHOOSE_QUOTE),
            ("chosen", Party.PARTNER, Task.CONFIRM_CHOICE),
            ("decided", Party.PARTNER, Task.ENTER_CONTRACT),
        ],
    )
    def test_quotes_wait_for_whoever_takes_the_next_step(self, state, party, task):
        judged = facts(quotes=Quotes(state, ago(3)))
        assert [(one.party, one.task, one.since) for one in turns_of(judged)] == [
            (party, task, ago(3)),
            (Party.CLUSTER, Task.DELIVER, ahead(20)),
        ]

    def test_nobody_asks_for_quotes_once_everything_is_delivered(self):
        done = Delivery("A", ago(9), step=Step.DONE, since=ago(8), claim=Claim("paid", ago(2)))
        judged = facts(quotes=Quotes("needed", ago(90)), deliveries=(done,))
        assert [one.task for one in turns_of(judged)] == [Task.WRITE_REPORT]

    @pytest.mark.parametrize(
        ("delivery", "expected"),
        [
            (Delivery("A", ahead(5)), (Party.CLUSTER, Task.DELIVER, ahead(5))),
            (Delivery("A", ahead(5), step=Step.RETURNED, since=ago(2)),
             (Party.CLUSTER, Task.DELIVER, ago(2))),
            (Delivery("A", ahead(5), step=Step.SENT, since=ago(2)),
             (Party.CLUSTER, Task.ACCEPT, ago(2))),
            (Delivery("A", ahead(5), step=Step.SECOND, since=ago(2)),
             (Party.PARTNER, Task.ACCEPT, ago(2))),
        ],
    )  # fmt: skip
    def test_a_milestone_on_its_way(self, delivery, expected):
        assert only_turn(facts(deliveries=(delivery,))) == expected

    @pytest.mark.parametrize(
        ("state", "party", "task"),
        [
            ("submitted", Party.PARTNER, Task.VERIFY_CLAIM),
            ("verified", Party.COORDINATOR, Task.APPROVE_CLAIM),
            ("approved", Party.FINANCE, Task.ORDER_PAYMENT),
            ("ordered", Party.FINANCE, Task.RECORD_PAYMENT),
        ],
    )
    def test_a_claim_waits_for_whoever_takes_its_next_step(self, state, party, task):
        accepted = Delivery("A", ago(9), step=Step.DONE, since=ago(8), claim=Claim(state, ago(6)))
        judged = facts(deliveries=(accepted,), report=Step.SENT, report_since=ago(7))
        assert only_turn(judged) == (party, task, ago(6))
        assert stage_of(judged) == Stage.PAYMENT

    def test_a_report_is_read_once_everything_is_paid(self):
        paid = Delivery("A", ago(9), step=Step.DONE, since=ago(8), claim=Claim("paid", ago(2)))
        judged = facts(deliveries=(paid,), report=Step.SENT, report_since=ago(7))
        assert only_turn(judged) == (Party.PARTNER, Task.ACCEPT_REPORT, ago(2))
        assert stage_of(judged) == Stage.REPORT

    @pytest.mark.parametrize("ended", [{"is_closed": True}, {"is_active": False}])
    def test_nobody_is_waited_for_once_it_ended(self, ended):
        judged = facts(**ended, valid_until=ago(99), last_activity=ago(99))
        assert turns_of(judged) == ()
        assert causes_of(judged) == ()


class TestLights:
    def test_what_is_as_planned_is_green_and_has_no_reason(self):
        assert causes_of(facts()) == ()
        assert light_of(()) == Light.GREEN

    @pytest.mark.parametrize(
        ("days", "light"),
        [(0, None), (1, Light.AMBER), (7, Light.AMBER), (8, Light.RED)],
    )
    def test_a_milestone_is_late_from_the_day_after(self, days, light):
        reasons = causes_of(facts(deliveries=(Delivery("Strategy", ago(days)),)))
        found = [(one.cause, one.light, one.days, one.about) for one in reasons]
        expected = [(Cause.MILESTONE_LATE, light, days, "Strategy")] if light else []
        assert found == expected

    def test_what_was_handed_in_is_not_late_however_long_others_take(self):
        handed_in = Delivery("Strategy", ago(30), step=Step.SENT, since=ago(3))
        assert causes_of(facts(deliveries=(handed_in,))) == ()

    @pytest.mark.parametrize(
        ("days", "light"),
        [(7, None), (8, Light.AMBER), (14, Light.AMBER), (15, Light.RED)],
    )
    def test_an_overdue_acceptance_names_whose_turn_it_is(self, days, light):
        waiting = Delivery("Strategy", ahead(9), step=Step.SECOND, since=ago(days))
        reasons = causes_of(facts(deliveries=(waiting,)))
        assert [(one.light, one.party, one.days) for one in reasons] == (
            [(light, Party.PARTNER, days)] if light else []
        )

    @pytest.mark.parametrize(("days", "light"), [(30, None), (31, Light.AMBER), (61, Light.RED)])
    def test_silence(self, days, light):
        reasons = causes_of(facts(last_activity=ago(days)))
        assert [(one.cause, one.light) for one in reasons] == (
            [(Cause.SILENT, light)] if light else []
        )

    @pytest.mark.parametrize(
        ("left", "cause", "light"),
        [
            (31, None, None),
            (30, Cause.ENDING, Light.AMBER),
            (7, Cause.ENDING, Light.RED),
            (0, Cause.ENDING, Light.RED),
            (-1, Cause.PAST_ITS_END, Light.RED),
        ],
    )
    def test_the_end_of_its_validity(self, left, cause, light):
        reasons = causes_of(facts(valid_until=ahead(left)))
        assert [(one.cause, one.light) for one in reasons] == ([(cause, light)] if cause else [])

    def test_more_days_than_planned(self):
        reasons = causes_of(facts(days_worked=Decimal("4.25")))
        assert [(one.cause, one.light) for one in reasons] == [(Cause.OVER_PLAN, Light.AMBER)]

    def test_a_contract_above_the_plan(self):
        judged = facts(contracted=Decimal("5000.01"))
        assert [(one.cause, one.light) for one in causes_of(judged)] == [
            (Cause.OVER_PLAN, Light.AMBER)
        ]
        assert causes_of(facts(contracted=Decimal(5000))) == ()

    @pytest.mark.parametrize(
        ("more", "limits", "expected"),
        [
            ({"last_activity": ago(11)}, Limits(silence=5), [Light.RED]),
            ({"last_activity": ago(11)}, Limits(silence=6), [Light.AMBER]),
            ({"last_activity": ago(40)}, Limits(silence=40), []),
            ({"plan": Plan(Step.SENT, ago(5)), "deliveries": ()}, Limits(turn=2), [Light.RED]),
            ({"plan": Plan(Step.SENT, ago(9)), "deliveries": ()}, Limits(turn=9), []),
            ({"deliveries": (Delivery("A", ago(8)),)}, Limits(grace=8), [Light.AMBER]),
            ({"deliveries": (Delivery("A", ago(3)),)}, Limits(grace=2), [Light.RED]),
            ({"valid_until": ahead(40)}, Limits(ending=40), [Light.AMBER]),
            ({"valid_until": ahead(10)}, Limits(ending=9), []),
            ({"valid_until": ahead(10)}, Limits(grace=10), [Light.RED]),
        ],
    )
    def test_limits_are_those_of_the_call(self, more, limits, expected):
        assert [one.light for one in causes_of(facts(**more, limits=limits))] == expected

    def test_the_worst_reason_comes_first(self):
        judged = facts(
            last_activity=ago(31), deliveries=(Delivery("A", ago(3)), Delivery("B", ago(30)))
        )
        reasons = causes_of(judged)
        assert [(one.light, one.days) for one in reasons] == [
            (Light.RED, 30),
            (Light.AMBER, 31),
            (Light.AMBER, 3),
        ]
        assert light_of(reasons) == Light.RED


STEPS = st.sampled_from([Step.NOTHING, Step.RETURNED, Step.SENT, Step.SECOND, Step.DONE])
CLAIMS = st.none() | st.builds(
    Claim,
    st.sampled_from(["submitted", "verified", "approved", "ordered", "paid"]),
    st.integers(0, 40).map(ago),
)
DELIVERIES = st.builds(
    Delivery, st.just("A"), st.integers(-40, 40).map(ahead), step=STEPS, claim=CLAIMS
)
ANY = st.builds(
    VoucherFacts,
    today=st.just(TODAY),
    issued_on=st.just(ago(90)),
    valid_until=st.integers(-20, 200).map(ahead),
    last_activity=st.integers(0, 90).map(ago),
    needs=st.builds(Consent, STEPS, st.integers(0, 60).map(ago), st.booleans(), st.booleans()),
    plan=st.builds(Plan, STEPS, st.integers(0, 60).map(ago), st.booleans()),
    deliveries=st.lists(DELIVERIES, min_size=1, max_size=4).map(tuple),
    report=st.sampled_from([Step.NOTHING, Step.SENT, Step.RETURNED]),
)


@given(ANY)
def test_the_longest_wait_comes_first_and_a_day_more_never_mends_a_light(judged):
    turns = turns_of(judged)
    assert [turn.since for turn in turns] == sorted(turn.since for turn in turns)
    later = replace(judged, today=judged.today + timedelta(days=1))
    order = list(Light)
    assert order.index(light_of(causes_of(later))) >= order.index(light_of(causes_of(judged)))


def told(judged: VoucherFacts) -> list[tuple[Party, int]]:
    return [(one.tells, one.days) for one in reminders_of(judged)]


class TestReminders:
    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            (-8, []),
            (-7, [Party.CLUSTER]),
            (0, [Party.CLUSTER]),
            (7, [Party.CLUSTER]),
            (8, [Party.CLUSTER, Party.PARTNER]),
            (15, [Party.CLUSTER, Party.PARTNER, Party.COORDINATOR]),
        ],
    )
    def test_a_milestone_before_on_and_after_its_day(self, days, expected):
        judged = facts(deliveries=(Delivery("Strategy", ago(days)),))
        assert told(judged) == [(party, days) for party in expected]

    def test_each_is_one_reminder_until_the_next(self):
        keys = [
            {one.key for one in reminders_of(facts(deliveries=(Delivery("A", ago(day), pk=4),)))}
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
        [(7, []), (8, [Party.PARTNER]), (15, [Party.PARTNER, Party.COORDINATOR])],
    )
    def test_an_acceptance_that_waits_goes_over_the_head_of_who_lets_wait(self, days, expected):
        waiting = Delivery("Strategy", ahead(9), step=Step.SECOND, since=ago(days))
        assert told(facts(deliveries=(waiting,))) == [(party, days) for party in expected]

    def test_a_coordinator_has_nobody_above(self):
        judged = facts(plan=Plan(Step.SECOND, ago(40)), deliveries=())
        assert told(judged) == [(Party.COORDINATOR, 40)]

    def test_nothing_is_reminded_of_once_it_is_handed_in(self):
        handed_in = Delivery("Strategy", ago(30), step=Step.SENT, since=ago(3))
        assert told(facts(deliveries=(handed_in,))) == []

    def test_nor_once_the_voucher_ended(self):
        judged = facts(is_active=False, deliveries=(Delivery("Strategy", ago(30)),))
        assert told(judged) == []
