"""Whose turn it is, for what, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .facts import DeliveryFact, Reached, VoucherFacts


class AwaitedParty(StrEnum):
    """Who is waited for."""

    CLUSTER = "cluster"
    PARTNER = "partner"
    COORDINATOR = "coordinator"
    FINANCE = "finance"


class StageOfFacts(StrEnum):
    """The part of its life that a voucher is in."""

    NEEDS = "needs"
    PLAN = "plan"
    DELIVERY = "delivery"
    PAYMENT = "payment"
    REPORT = "report"
    CLOSED = "closed"
    ENDED = "ended"


class AwaitedTask(StrEnum):
    """What is waited for."""

    COUNTERSIGN = "countersign"
    SIGN_AMENDMENT = "sign_amendment"
    COMPLETE_AMENDMENT = "complete_amendment"
    RECORD_NEEDS = "record_needs"
    CONFIRM_NEEDS = "confirm_needs"
    WRITE_PLAN = "write_plan"
    APPROVE_PLAN = "approve_plan"
    ASK_FOR_QUOTES = "ask_for_quotes"
    OPEN_QUOTES = "open_quotes"
    ENTER_RATE = "enter_rate"
    CHOOSE_QUOTE = "choose_quote"
    CONFIRM_CHOICE = "confirm_choice"
    ENTER_CONTRACT = "enter_contract"
    DELIVER = "deliver"
    ACCEPT = "accept"
    CLAIM = "claim"
    VERIFY_CLAIM = "verify_claim"
    CONTROL_ANEW = "control_anew"
    APPROVE_CLAIM = "approve_claim"
    ORDER_PAYMENT = "order_payment"
    RECORD_PAYMENT = "record_payment"
    WRITE_REPORT = "write_report"
    ACCEPT_REPORT = "accept_report"
    ANSWER_SURVEY = "answer_survey"


@dataclass(frozen=True)
class Turn:
    """One party that is waited for: the task, the day from which on, and what it is about.

    `since` may lie ahead: what is delivered is waited for from its due day on. `pk` is that of the
    milestone, where it is about one.
    """

    party: AwaitedParty
    task: AwaitedTask
    since: date
    about: str = ""
    pk: int = 0


_TASKS_OF_QUOTES = {
    "needed": (AwaitedParty.CLUSTER, AwaitedTask.ASK_FOR_QUOTES),
    "draft": (AwaitedParty.CLUSTER, AwaitedTask.ASK_FOR_QUOTES),
    "asking": (AwaitedParty.CLUSTER, AwaitedTask.OPEN_QUOTES),
    "unpriced": (AwaitedParty.FINANCE, AwaitedTask.ENTER_RATE),
    "opened": (AwaitedParty.CLUSTER, AwaitedTask.CHOOSE_QUOTE),
    "chosen": (AwaitedParty.PARTNER, AwaitedTask.CONFIRM_CHOICE),
    "decided": (AwaitedParty.PARTNER, AwaitedTask.ENTER_CONTRACT),
}
_TASKS_OF_CLAIMS = {
    "submitted": (AwaitedParty.PARTNER, AwaitedTask.VERIFY_CLAIM),
    "sent_back": (AwaitedParty.PARTNER, AwaitedTask.CONTROL_ANEW),
    "verified": (AwaitedParty.COORDINATOR, AwaitedTask.APPROVE_CLAIM),
    "approved": (AwaitedParty.FINANCE, AwaitedTask.ORDER_PAYMENT),
    "ordered": (AwaitedParty.FINANCE, AwaitedTask.RECORD_PAYMENT),
}

_HELD_UP_BY_SIGNING = (AwaitedTask.ENTER_CONTRACT, AwaitedTask.APPROVE_CLAIM)


def stage_of(facts: VoucherFacts) -> StageOfFacts:
    """The first part of the voucher's life that is not done yet."""
    if facts.is_closed:
        return StageOfFacts.CLOSED
    if not facts.is_active and not facts.is_suspended:
        return StageOfFacts.ENDED
    if facts.needs.step != Reached.DONE and not facts.plan.in_force:
        return StageOfFacts.NEEDS
    if not facts.plan.in_force:
        return StageOfFacts.PLAN
    if not facts.everything_is_delivered:
        return StageOfFacts.DELIVERY
    return StageOfFacts.REPORT if facts.everything_is_paid else StageOfFacts.PAYMENT


def turns_of(facts: VoucherFacts) -> tuple[Turn, ...]:
    """Everything that is waited for, what has waited longest first.

    Of a closed voucher its survey alone, of one that ended early nothing.
    """
    if facts.is_closed and facts.survey is not None:
        about = str(facts.survey.months)
        return (Turn(AwaitedParty.CLUSTER, AwaitedTask.ANSWER_SURVEY, facts.survey.since, about),)
    if not facts.is_open:
        return ()
    return tuple(sorted(_turns(facts), key=lambda turn: turn.since))


def _turns(facts: VoucherFacts) -> Iterator[Turn]:
    """What the second signature holds up is nobody's turn while that is waited for."""
    since = facts.awaits_countersignature_since
    for turn in _turns_of_work(facts):
        if since is None or turn.task not in _HELD_UP_BY_SIGNING:
            yield turn
    if since is not None:
        yield Turn(AwaitedParty.COORDINATOR, AwaitedTask.COUNTERSIGN, since)
    amendment = facts.amendment
    if amendment is not None and amendment.is_signed:
        yield Turn(AwaitedParty.COORDINATOR, AwaitedTask.COMPLETE_AMENDMENT, amendment.since)
    elif amendment is not None:
        yield Turn(AwaitedParty.CLUSTER, AwaitedTask.SIGN_AMENDMENT, amendment.since)


def _turns_of_work(facts: VoucherFacts) -> Iterator[Turn]:
    yield from _turns_of_needs(facts)
    yield from _turns_of_plan(facts)
    yield from _turns_of_quotes(facts)
    if facts.plan.in_force:
        for delivery in facts.deliveries:
            yield from _turns_of_delivery(delivery)
        yield from _turns_of_report(facts)


def _turns_of_needs(facts: VoucherFacts) -> Iterator[Turn]:
    needs = facts.needs
    since = needs.since or facts.issued_on
    if needs.step in (Reached.NOTHING, Reached.DRAFT, Reached.RETURNED):
        # A correction that nobody has shared yet keeps nobody waiting.
        if not facts.plan.in_force:
            yield Turn(AwaitedParty.PARTNER, AwaitedTask.RECORD_NEEDS, since)
    elif needs.step == Reached.SENT:
        if not needs.cluster_confirmed:
            yield Turn(AwaitedParty.CLUSTER, AwaitedTask.CONFIRM_NEEDS, since)
        if not needs.partner_confirmed:
            yield Turn(AwaitedParty.PARTNER, AwaitedTask.CONFIRM_NEEDS, since)


def _turns_of_plan(facts: VoucherFacts) -> Iterator[Turn]:
    plan = facts.plan
    if plan.step == Reached.SENT:
        yield Turn(AwaitedParty.PARTNER, AwaitedTask.APPROVE_PLAN, plan.since or facts.today)
    elif plan.step == Reached.SECOND:
        yield Turn(AwaitedParty.COORDINATOR, AwaitedTask.APPROVE_PLAN, plan.since or facts.today)
    elif facts.needs.step == Reached.DONE and not plan.in_force:
        yield Turn(
            AwaitedParty.CLUSTER,
            AwaitedTask.WRITE_PLAN,
            plan.since or facts.needs.since or facts.issued_on,
        )


def _turns_of_quotes(facts: VoucherFacts) -> Iterator[Turn]:
    quotes = facts.quotes
    if quotes is not None and not facts.everything_is_delivered:
        party, task = _TASKS_OF_QUOTES[quotes.state]
        yield Turn(party, task, quotes.since)


def _turns_of_delivery(delivery: DeliveryFact) -> Iterator[Turn]:
    since = delivery.since or delivery.due_on
    about = delivery.title
    if delivery.step in (Reached.NOTHING, Reached.DRAFT):
        yield Turn(AwaitedParty.CLUSTER, AwaitedTask.DELIVER, delivery.due_on, about, delivery.pk)
    elif delivery.step == Reached.RETURNED:
        yield Turn(AwaitedParty.CLUSTER, AwaitedTask.DELIVER, since, about, delivery.pk)
    elif delivery.step == Reached.SENT:
        yield Turn(AwaitedParty.CLUSTER, AwaitedTask.ACCEPT, since, about, delivery.pk)
    elif delivery.step == Reached.SECOND:
        yield Turn(AwaitedParty.PARTNER, AwaitedTask.ACCEPT, since, about, delivery.pk)
    elif delivery.claim is None:
        yield Turn(AwaitedParty.CLUSTER, AwaitedTask.CLAIM, since, about, delivery.pk)
    elif delivery.claim.state in _TASKS_OF_CLAIMS:
        party, task = _TASKS_OF_CLAIMS[delivery.claim.state]
        yield Turn(party, task, delivery.claim.since, about, delivery.pk)


def _turns_of_report(facts: VoucherFacts) -> Iterator[Turn]:
    if not facts.everything_is_delivered:
        return
    last = max((one.since or one.due_on for one in facts.deliveries), default=facts.issued_on)
    since = facts.report_since or last
    if facts.report in (Reached.NOTHING, Reached.DRAFT, Reached.RETURNED):
        yield Turn(AwaitedParty.CLUSTER, AwaitedTask.WRITE_REPORT, since)
    elif facts.report in (Reached.SENT, Reached.SECOND) and facts.everything_is_paid:
        paid = max(one.claim.since for one in facts.deliveries if one.claim is not None)
        is_second = facts.report == Reached.SECOND
        party = AwaitedParty.COORDINATOR if is_second else AwaitedParty.PARTNER
        yield Turn(party, AwaitedTask.ACCEPT_REPORT, max(since, paid))
