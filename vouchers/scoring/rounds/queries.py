"""Reads of scoring rounds: which calls are scored, until when, on which grid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import User
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to
from vouchers.calls.models import Call
from vouchers.scoring.rules.grid import CriterionRule, ScoringRules

from .models import ScoringRound


def scoring_due(call: Call) -> datetime:
    """Until when a call is scored; without a scoring yet, when the decision is expected."""
    scoring_round = ScoringRound.objects.filter(call=call).first()
    if scoring_round is not None:
        return scoring_round.due_at
    return datetime.combine(call.decision_due, call.deadline.timetz())


def calls_being_scored(user: User) -> QuerySet[Call]:
    """The calls with eligible applications that the person may see."""
    return Call.objects.filter(
        pk__in=applications_visible_to(user)
        .filter(state=Application.State.ELIGIBLE)
        .order_by()
        .values("call")
    )


def scoring_rules(call: Call) -> ScoringRules:
    """The call's criteria, scale and thresholds, as the ranking takes them."""
    return ScoringRules(
        criteria=tuple(
            CriterionRule(
                criterion.pk, criterion.weight, criterion.threshold, criterion.tie_break_position
            )
            for criterion in call.criteria.all()
        ),
        score_max=call.score_max,
        total_threshold=call.total_threshold,
        discrepancy_limit=call.discrepancy_limit,
    )


def steps_of(call: Call) -> Iterator[Decimal]:
    """Every score that the call's scale has, from the lowest."""
    value = call.score_min
    while value <= call.score_max:
        yield value
        value += call.score_step
