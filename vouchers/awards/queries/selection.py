"""Reads of selection rounds and their decisions, scoped to who asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.queries.days import now
from conduct.queries.scoping import for_system
from vouchers.applications.models import Application, Recusal
from vouchers.applications.queries import calls_shut_to
from vouchers.awards.models import Decision, Outcome, SelectionRound
from vouchers.awards.permissions import may_read_selection
from vouchers.calls.models import Call, CountryQuota, UnfilledQuota
from vouchers.scoring.ranking.queries.ranking import candidates_of
from vouchers.scoring.rules.reallocation import reallocated

# More decisions than these take longer than somebody waits for a page: a worker writes them.
DECIDED_AT_ONCE = 1200


def takes_a_worker(call: Call) -> bool:
    """Whether so many applications of the call are ranked that a worker proposes and publishes."""
    return candidates_of(call).count() > DECIDED_AT_ONCE


def rounds_visible_to(user: User) -> QuerySet[SelectionRound]:
    """Selection rounds, for coordinators and auditors: none of a call in which they are recused."""
    if not may_read_selection.test(user):
        return SelectionRound.objects.none()
    recused = calls_shut_to(user)
    return SelectionRound.objects.exclude(call__in=recused).select_related(
        "call", "proposed_by", "decided_by"
    )


def decisions_of(selection_round: SelectionRound) -> QuerySet[Decision]:
    """The decisions of a round by country and rank, with their scores; three queries."""
    return (
        selection_round.decisions.select_related(
            "application__cluster", "application__country__partner", "feedback"
        )
        .prefetch_related("scores__criterion")
        .order_by("application__country_id", "rank", "application__reference")
    )


def decisions_to_carry_out(
    selection_round: SelectionRound, applications: Sequence[int]
) -> QuerySet[Decision]:
    """The decisions of a round on these applications, with all that their letters state.

    By country and rank; the same number of queries for any number of them.
    """
    return (
        selection_round.decisions.filter(application__in=applications)
        .select_related(
            *("application__cluster", "application__country__partner"),
            *("feedback", "reserve_place"),
        )
        .prefetch_related("scores__criterion", "comments")
        .order_by("application__country_id", "rank", "pk")
    )


def decision_after(decision: Decision) -> Decision | None:
    """The next decision of the round in that order; one query."""
    application = decision.application
    behind = Q(rank__gt=decision.rank) | Q(
        rank=decision.rank, application__reference__gt=application.reference
    )
    return (
        decision.selection_round.decisions.filter(
            Q(application__country_id__gt=application.country_id)
            | Q(behind, application__country_id=application.country_id)
        )
        .select_related("feedback")
        .order_by("application__country_id", "rank", "application__reference")
        .first()
    )


def calls_to_decide(user: User) -> QuerySet[Call]:
    """The open calls whose deadline has passed and that have no standing proposal.

    Without those in which a conflict of interest shuts the person out of an application.
    """
    standing = SelectionRound.objects.exclude(state=SelectionRound.State.RETURNED)
    recused = calls_shut_to(user)
    return (
        Call.objects.filter(state=Call.State.OPEN, deadline__lt=now())
        .exclude(pk__in=standing.values("call"))
        .exclude(pk__in=recused)
    )


def rounds_to_publish(user: User) -> QuerySet[SelectionRound]:
    """The approved selections whose instant has not come, the next one first."""
    return (
        rounds_visible_to(user)
        .filter(state=SelectionRound.State.APPROVED)
        .order_by("publish_at", "pk")
    )


def decisions_visible_to(user: User) -> QuerySet[Decision]:
    """The decisions of the rounds that the person may read."""
    return Decision.objects.filter(
        selection_round__in=rounds_visible_to(user).order_by().values("pk")
    ).select_related(
        "selection_round__call",
        "application__call",
        "application__cluster",
        "application__country__partner",
    )


def published_decision(application: Application) -> Decision | None:
    """The decision on an application that its cluster was told; one query."""
    return (
        application.decisions.filter(selection_round__state=SelectionRound.State.PUBLISHED)
        .select_related("selection_round", "reserve_place", "appeal")
        .first()
    )


@for_system("who is shut out of a call is told nothing of it")
def coordinators_of(call: Call) -> QuerySet[User]:
    """The coordinators whom no conflict of interest shuts out of an application of the call."""
    recused = Recusal.objects.filter(application__call=call).values("person")
    return people_holding(Role.COORDINATOR).exclude(pk__in=recused)


def moved_vouchers(
    call: Call, given: Mapping[CountryQuota, Counter[str]]
) -> dict[CountryQuota, int]:
    """How many vouchers each country takes (above zero) or gives, from its outcomes.

    None moves where the rule of the call leaves them where they are.
    """
    if call.unfilled_quota == UnfilledQuota.LEAVE:
        return dict.fromkeys(given, 0)
    moved = reallocated(
        {quota.country_id: quota.vouchers for quota in given},
        {quota.country_id: outcomes[Outcome.AWARD] for quota, outcomes in given.items()},
        {quota.country_id for quota, outcomes in given.items() if outcomes[Outcome.RESERVE]},
    )
    return {quota: moved[quota.country_id] for quota in given}
