"""The light and the turn of a voucher: pure functions of facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.standing.judging import CONFIRMED, TODAY, ago, ahead, facts
from vouchers.standing.rules import (
    AwaitedParty,
    AwaitedTask,
    ClaimFact,
    Consent,
    DeliveryFact,
    LightCause,
    LightOfFacts,
    PlanFact,
    Quotes,
    Reached,
    StageOfFacts,
    VoucherFacts,
    WatchLimits,
    causes_of,
    light_of,
    stage_of,
    turns_of,
)


def only_turn(judged: VoucherFacts) -> tuple[AwaitedParty, AwaitedTask, date]:
    (turn,) = turns_of(judged)
    return turn.party, turn.task, turn.since


class TestTurns:
    def test_a_new_voucher_waits_for_the_partner_from_its_first_day(self):
        judged = facts(needs=Consent(), plan=PlanFact(), deliveries=(), issued_on=ago(3))
        assert only_turn(judged) == (AwaitedParty.PARTNER, AwaitedTask.RECORD_NEEDS, ago(3))
        assert stage_of(judged) == StageOfFacts.NEEDS

    def test_a_shared_record_waits_for_whoever_has_not_confirmed(self):
        shared = Consent(Reached.SENT, ago(2))
        judged = facts(needs=shared, plan=PlanFact(), deliveries=())
        assert {turn.party for turn in turns_of(judged)} == {
            AwaitedParty.CLUSTER,
            AwaitedParty.PARTNER,
        }
        judged = replace(judged, needs=replace(shared, partner_confirmed=True))
        assert only_turn(judged) == (AwaitedParty.CLUSTER, AwaitedTask.CONFIRM_NEEDS, ago(2))

    @pytest.mark.parametrize(
        ("plan", "expected"),
        [
            (PlanFact(), (AwaitedParty.CLUSTER, AwaitedTask.WRITE_PLAN, CONFIRMED.since)),
            (
                PlanFact(Reached.RETURNED, ago(4)),
                (AwaitedParty.CLUSTER, AwaitedTask.WRITE_PLAN, ago(4)),
            ),
            (
                PlanFact(Reached.SENT, ago(4)),
                (AwaitedParty.PARTNER, AwaitedTask.APPROVE_PLAN, ago(4)),
            ),
            (
                PlanFact(Reached.SECOND, ago(4)),
                (AwaitedParty.COORDINATOR, AwaitedTask.APPROVE_PLAN, ago(4)),
            ),
        ],
    )
    def test_a_plan_before_it_is_in_force(self, plan, expected):
        judged = facts(plan=plan, deliveries=())
        assert only_turn(judged) == expected
        assert stage_of(judged) == StageOfFacts.PLAN

    def test_an_amendment_waits_beside_what_is_delivered(self):
        judged = facts(plan=PlanFact(Reached.SENT, ago(3), in_force=True))
        assert [turn.task for turn in turns_of(judged)] == [
            AwaitedTask.APPROVE_PLAN,
            AwaitedTask.DELIVER,
        ]
        assert stage_of(judged) == StageOfFacts.DELIVERY

    @pytest.mark.parametrize(
        ("state", "party", "task"),
        [
            ("needed", AwaitedParty.CLUSTER, AwaitedTask.ASK_FOR_QUOTES),
            ("draft", AwaitedParty.CLUSTER, AwaitedTask.ASK_FOR_QUOTES),
            ("asking", AwaitedParty.CLUSTER, AwaitedTask.OPEN_QUOTES),
            ("unpriced", AwaitedParty.FINANCE, AwaitedTask.ENTER_RATE),
            ("opened", AwaitedParty.CLUSTER, AwaitedTask.CHOOSE_QUOTE),
            ("chosen", AwaitedParty.PARTNER, AwaitedTask.CONFIRM_CHOICE),
            ("decided", AwaitedParty.PARTNER, AwaitedTask.ENTER_CONTRACT),
        ],
    )
    def test_quotes_wait_for_whoever_takes_the_next_step(self, state, party, task):
        judged = facts(quotes=Quotes(state, ago(3)))
        assert [(one.party, one.task, one.since) for one in turns_of(judged)] == [
            (party, task, ago(3)),
            (AwaitedParty.CLUSTER, AwaitedTask.DELIVER, ahead(20)),
        ]

    def test_nobody_asks_for_quotes_once_everything_is_delivered(self):
        done = DeliveryFact(
            "A", ago(9), step=Reached.DONE, since=ago(8), claim=ClaimFact("paid", ago(2))
        )
        judged = facts(quotes=Quotes("needed", ago(90)), deliveries=(done,))
        assert [one.task for one in turns_of(judged)] == [AwaitedTask.WRITE_REPORT]

    @pytest.mark.parametrize(
        ("delivery", "expected"),
        [
            (DeliveryFact("A", ahead(5)), (AwaitedParty.CLUSTER, AwaitedTask.DELIVER, ahead(5))),
            (DeliveryFact("A", ahead(5), step=Reached.RETURNED, since=ago(2)),
             (AwaitedParty.CLUSTER, AwaitedTask.DELIVER, ago(2))),
            (DeliveryFact("A", ahead(5), step=Reached.SENT, since=ago(2)),
             (AwaitedParty.CLUSTER, AwaitedTask.ACCEPT, ago(2))),
            (DeliveryFact("A", ahead(5), step=Reached.SECOND, since=ago(2)),
             (AwaitedParty.PARTNER, AwaitedTask.ACCEPT, ago(2))),
        ],
    )  # fmt: skip
    def test_a_milestone_on_its_way(self, delivery, expected):
        assert only_turn(facts(deliveries=(delivery,))) == expected

    @pytest.mark.parametrize(
        ("state", "party", "task"),
        [
            ("submitted", AwaitedParty.PARTNER, AwaitedTask.VERIFY_CLAIM),
            ("verified", AwaitedParty.COORDINATOR, AwaitedTask.APPROVE_CLAIM),
            ("approved", AwaitedParty.FINANCE, AwaitedTask.ORDER_PAYMENT),
            ("ordered", AwaitedParty.FINANCE, AwaitedTask.RECORD_PAYMENT),
        ],
    )
    def test_a_claim_waits_for_whoever_takes_its_next_step(self, state, party, task):
        accepted = DeliveryFact(
            "A", ago(9), step=Reached.DONE, since=ago(8), claim=ClaimFact(state, ago(6))
        )
        judged = facts(deliveries=(accepted,), report=Reached.SENT, report_since=ago(7))
        assert only_turn(judged) == (party, task, ago(6))
        assert stage_of(judged) == StageOfFacts.PAYMENT

    def test_a_report_is_read_once_everything_is_paid(self):
        paid = DeliveryFact(
            "A", ago(9), step=Reached.DONE, since=ago(8), claim=ClaimFact("paid", ago(2))
        )
        judged = facts(deliveries=(paid,), report=Reached.SENT, report_since=ago(7))
        assert only_turn(judged) == (AwaitedParty.PARTNER, AwaitedTask.ACCEPT_REPORT, ago(2))
        assert stage_of(judged) == StageOfFacts.REPORT

    @pytest.mark.parametrize("ended", [{"is_closed": True}, {"is_active": False}])
    def test_nobody_is_waited_for_once_it_ended(self, ended):
        judged = facts(**ended, valid_until=ago(99), last_activity=ago(99))
        assert turns_of(judged) == ()
        assert causes_of(judged) == ()


class TestLights:
    def test_what_is_as_planned_is_green_and_has_no_reason(self):
        assert causes_of(facts()) == ()
        assert light_of(()) == LightOfFacts.GREEN

    @pytest.mark.parametrize(
        ("days", "light"),
        [(0, None), (1, LightOfFacts.AMBER), (7, LightOfFacts.AMBER), (8, LightOfFacts.RED)],
    )
    def test_a_milestone_is_late_from_the_day_after(self, days, light):
        reasons = causes_of(facts(deliveries=(DeliveryFact("Strategy", ago(days)),)))
        found = [(one.cause, one.light, one.days, one.about) for one in reasons]
        expected = [(LightCause.MILESTONE_LATE, light, days, "Strategy")] if light else []
        assert found == expected

    def test_what_was_handed_in_is_not_late_however_long_others_take(self):
        handed_in = DeliveryFact("Strategy", ago(30), step=Reached.SENT, since=ago(3))
        assert causes_of(facts(deliveries=(handed_in,))) == ()

    @pytest.mark.parametrize(
        ("days", "light"),
        [(7, None), (8, LightOfFacts.AMBER), (14, LightOfFacts.AMBER), (15, LightOfFacts.RED)],
    )
    def test_an_overdue_acceptance_names_whose_turn_it_is(self, days, light):
        waiting = DeliveryFact("Strategy", ahead(9), step=Reached.SECOND, since=ago(days))
        reasons = causes_of(facts(deliveries=(waiting,)))
        assert [(one.light, one.party, one.days) for one in reasons] == (
            [(light, AwaitedParty.PARTNER, days)] if light else []
        )

    @pytest.mark.parametrize(
        ("days", "light"), [(30, None), (31, LightOfFacts.AMBER), (61, LightOfFacts.RED)]
    )
    def test_silence(self, days, light):
        reasons = causes_of(facts(last_activity=ago(days)))
        assert [(one.cause, one.light) for one in reasons] == (
            [(LightCause.SILENT, light)] if light else []
        )

    @pytest.mark.parametrize(
        ("left", "cause", "light"),
        [
            (31, None, None),
            (30, LightCause.ENDING, LightOfFacts.AMBER),
            (7, LightCause.ENDING, LightOfFacts.RED),
            (0, LightCause.ENDING, LightOfFacts.RED),
            (-1, LightCause.PAST_ITS_END, LightOfFacts.RED),
        ],
    )
    def test_the_end_of_its_validity(self, left, cause, light):
        reasons = causes_of(facts(valid_until=ahead(left)))
        assert [(one.cause, one.light) for one in reasons] == ([(cause, light)] if cause else [])

    def test_more_days_than_planned(self):
        reasons = causes_of(facts(days_worked=Decimal("4.25")))
        assert [(one.cause, one.light) for one in reasons] == [
            (LightCause.OVER_PLAN, LightOfFacts.AMBER)
        ]

    def test_a_contract_above_the_plan(self):
        judged = facts(contracted=Decimal("5000.01"))
        assert [(one.cause, one.light) for one in causes_of(judged)] == [
            (LightCause.OVER_PLAN, LightOfFacts.AMBER)
        ]
        assert causes_of(facts(contracted=Decimal(5000))) == ()

    @pytest.mark.parametrize(
        ("more", "limits", "expected"),
        [
            ({"last_activity": ago(11)}, WatchLimits(silence=5), [LightOfFacts.RED]),
            ({"last_activity": ago(11)}, WatchLimits(silence=6), [LightOfFacts.AMBER]),
            ({"last_activity": ago(40)}, WatchLimits(silence=40), []),
            (
                {"plan": PlanFact(Reached.SENT, ago(5)), "deliveries": ()},
                WatchLimits(turn=2),
                [LightOfFacts.RED],
            ),
            ({"plan": PlanFact(Reached.SENT, ago(9)), "deliveries": ()}, WatchLimits(turn=9), []),
            (
                {"deliveries": (DeliveryFact("A", ago(8)),)},
                WatchLimits(grace=8),
                [LightOfFacts.AMBER],
            ),
            (
                {"deliveries": (DeliveryFact("A", ago(3)),)},
                WatchLimits(grace=2),
                [LightOfFacts.RED],
            ),
            ({"valid_until": ahead(40)}, WatchLimits(ending=40), [LightOfFacts.AMBER]),
            ({"valid_until": ahead(10)}, WatchLimits(ending=9), []),
            ({"valid_until": ahead(10)}, WatchLimits(grace=10), [LightOfFacts.RED]),
        ],
    )
    def test_limits_are_those_of_the_call(self, more, limits, expected):
        assert [one.light for one in causes_of(facts(**more, limits=limits))] == expected

    def test_the_worst_reason_comes_first(self):
        judged = facts(
            last_activity=ago(31),
            deliveries=(DeliveryFact("A", ago(3)), DeliveryFact("B", ago(30))),
        )
        reasons = causes_of(judged)
        assert [(one.light, one.days) for one in reasons] == [
            (LightOfFacts.RED, 30),
            (LightOfFacts.AMBER, 31),
            (LightOfFacts.AMBER, 3),
        ]
        assert light_of(reasons) == LightOfFacts.RED


STEPS = st.sampled_from(
    [Reached.NOTHING, Reached.RETURNED, Reached.SENT, Reached.SECOND, Reached.DONE]
)
CLAIMS = st.none() | st.builds(
    ClaimFact,
    st.sampled_from(["submitted", "verified", "approved", "ordered", "paid"]),
    st.integers(0, 40).map(ago),
)
DELIVERIES = st.builds(
    DeliveryFact, st.just("A"), st.integers(-40, 40).map(ahead), step=STEPS, claim=CLAIMS
)
ANY = st.builds(
    VoucherFacts,
    today=st.just(TODAY),
    issued_on=st.just(ago(90)),
    valid_until=st.integers(-20, 200).map(ahead),
    last_activity=st.integers(0, 90).map(ago),
    needs=st.builds(Consent, STEPS, st.integers(0, 60).map(ago), st.booleans(), st.booleans()),
    plan=st.builds(PlanFact, STEPS, st.integers(0, 60).map(ago), st.booleans()),
    deliveries=st.lists(DELIVERIES, min_size=1, max_size=4).map(tuple),
    report=st.sampled_from([Reached.NOTHING, Reached.SENT, Reached.RETURNED]),
)


@given(ANY)
def test_the_longest_wait_comes_first_and_a_day_more_never_mends_a_light(judged):
    turns = turns_of(judged)
    assert [turn.since for turn in turns] == sorted(turn.since for turn in turns)
    later = replace(judged, today=judged.today + timedelta(days=1))
    order = list(LightOfFacts)
    assert order.index(light_of(causes_of(later))) >= order.index(light_of(causes_of(judged)))
