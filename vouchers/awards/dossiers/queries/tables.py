"""The tables of a decision dossier: each with its columns, and its rows as they are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import override

from conduct.queries.history import timeline
from conduct.queries.scoping import for_system
from vouchers.applications.models import Application, Recusal
from vouchers.awards.dossiers.queries.finding import applications_in
from vouchers.awards.models import Appeal, Award, SelectionRound
from vouchers.awards.queries.selection import decisions_of
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import Assignment, Consensus, Score
from vouchers.scoring.consensus.models import ConsensusMessage

# No record has so many events; a limit there must be.
_EVENTS = 100_000


def call_facts(call: Call) -> dict[str, Any]:
    return {
        "call": _fields(call),
        "criteria": [_fields(criterion) for criterion in call.criteria.all()],
        "quotas": [_fields(quota) for quota in call.quotas.all()],
        "eligibility_rules": [_fields(rule) for rule in call.eligibility_rules.all()],
        "declaration": [_fields(clause) for clause in call.declaration_clauses.all()],
        "need_themes": [_fields(theme) for theme in call.need_themes.all()],
        "amendments": [_fields(amendment) for amendment in call.amendments.all()],
    }


def _fields(record: models.Model) -> dict[str, Any]:
    """Every field of a record, those that nobody edits too; texts in every language."""
    names = [field.name for field in record._meta.concrete_fields]
    facts = {name: record.serializable_value(name) for name in names}
    return {name: getattr(value, "data", value) for name, value in facts.items()}


APPLICATIONS = ("reference", "cluster", "country", "language", "state", "sent_at")


def application_rows(sent: QuerySet[Application]) -> Iterator[tuple[object, ...]]:
    yield from sent.values_list(
        "reference", "cluster__name", "country_id", "language", "state", "submitted_at"
    ).iterator(2000)


CONFLICTS = (
    "application",
    "person",
    "as",
    "state",
    "assigned_at",
    "declared_at",
    "kind",
    "conflict",
    "hints",
)


@for_system("the dossier holds everything of a decided round")
def conflict_rows(call: Call) -> Iterator[tuple[object, ...]]:
    """Everybody who was asked to score, with what they declared; then who is shut out otherwise."""
    asked = Assignment.objects.filter(application__call=call).select_related(
        "application", "assessor"
    )
    for one in asked.order_by("application__reference", "pk").iterator(2000):
        hints = json.dumps(one.hints, ensure_ascii=False) if one.hints else ""
        yield (
            one.application.reference,
            one.assessor.full_name,
            "assessor",
            one.state,
            one.assigned_at,
            one.declared_at,
            one.conflict_kind,
            one.conflict,
            hints,
        )
    recusals = Recusal.objects.filter(application__call=call).select_related(
        "application", "person"
    )
    for recusal in recusals.order_by("application__reference", "pk").iterator(2000):
        yield (
            recusal.application.reference,
            recusal.person.full_name,
            "recused",
            "",
            None,
            recusal.declared_at,
            "",
            recusal.reason,
            "",
        )


SCORES = (
    "application",
    "assessment",
    "assessor",
    "third_opinion",
    "state",
    "submitted_at",
    "criterion",
    "score",
    "strengths",
    "weaknesses",
)


@for_system("the dossier holds everything of a decided round")
def score_rows(call: Call) -> Iterator[tuple[object, ...]]:
    """Every score that was given, as it stands; who was released or found in conflict too."""
    scores = Score.objects.filter(
        assessment__assignment__application__call=call, assessment__state="submitted"
    ).order_by(
        "assessment__assignment__application__reference", "assessment_id", "criterion__position"
    )
    yield from scores.values_list(
        "assessment__assignment__application__reference",
        "assessment_id",
        "assessment__assignment__assessor__full_name",
        "assessment__assignment__is_third",
        "assessment__assignment__state",
        "assessment__submitted_at",
        "criterion__position",
        "value",
        "strengths",
        "weaknesses",
    ).iterator(2000)


CONSENSUS = (
    "application",
    "state",
    "causes",
    "rapporteur",
    "reason",
    "settled_at",
    "criterion",
    "agreed",
    "strengths",
    "weaknesses",
)


@for_system("the dossier holds everything of a decided round")
def consensus_rows(call: Call) -> Iterator[tuple[object, ...]]:
    found = Consensus.objects.filter(application__call=call).order_by(
        "application__reference", "scores__criterion__position"
    )
    yield from found.values_list(
        "application__reference",
        "state",
        "causes",
        "rapporteur__full_name",
        "reason",
        "settled_at",
        "scores__criterion__position",
        "scores__value",
        "scores__strengths",
        "scores__weaknesses",
    ).iterator(2000)


DISCUSSION = ("application", "author", "written_at", "text")


@for_system("the dossier holds everything of a decided round")
def discussion_rows(call: Call) -> Iterator[tuple[object, ...]]:
    messages = ConsensusMessage.objects.filter(consensus__application__call=call).order_by(
        "consensus__application__reference", "pk"
    )
    yield from messages.values_list(
        "consensus__application__reference", "author__full_name", "written_at", "text"
    ).iterator(2000)


RANKING = (
    "country",
    "rank",
    "application",
    "cluster",
    "total",
    "criteria (mean/points)",
    "by_the_ranking",
    "decision",
    "departure_reason",
    "tied",
    "vote",
)


def ranking_rows(selection_round: SelectionRound) -> Iterator[tuple[object, ...]]:
    for decision in decisions_of(selection_round).iterator(500):
        scores = "; ".join(
            f"{score.criterion.position}: {score.mean}/{score.points}"
            for score in decision.scores.all()
        )
        yield (
            decision.application.country_id,
            decision.rank,
            decision.application.reference,
            decision.application.cluster.name,
            decision.total,
            scores,
            decision.suggested,
            decision.outcome,
            decision.departure_reason,
            "yes" if decision.tied else "",
            decision.vote,
        )


FEEDBACK = ("application", "criterion", "kind", "from", "number", "released", "text")


def feedback_rows(selection_round: SelectionRound) -> Iterator[tuple[object, ...]]:
    comments = selection_round.decisions.filter(comments__isnull=False).order_by(
        "application__reference", "comments__criterion__position", "comments__pk"
    )
    yield from comments.values_list(
        "application__reference",
        "comments__criterion__position",
        "comments__kind",
        "comments__source",
        "comments__number",
        "comments__released",
        "comments__text",
    ).iterator(2000)


REVIEWS = (
    "application",
    "state",
    "made_by",
    "made_at",
    "grounds",
    "decided_by",
    "decided_at",
    "reasons",
    "effect",
    "correction",
)


def review_rows(selection_round: SelectionRound) -> Iterator[tuple[object, ...]]:
    appeals = Appeal.objects.filter(decision__selection_round=selection_round).order_by("pk")
    yield from appeals.values_list(
        "decision__application__reference",
        "state",
        "made_by__full_name",
        "made_at",
        "grounds",
        "decided_by__full_name",
        "decided_at",
        "reasons",
        "effect",
        "correction",
    ).iterator(2000)


HISTORY = ("at", "who", "record", "about", "action", "why", "changes")


def history_rows(selection_round: SelectionRound) -> Iterator[tuple[object, ...]]:
    """What happened to the call, the round, and each application with its assignments."""
    with override("en"):
        call = selection_round.call
        yield from _events_of(call.reference, call, selection_round)
        for application in applications_in(selection_round.call).iterator(500):
            decisions = application.decisions.filter(selection_round=selection_round)
            yield from _events_of(
                application.reference or "",
                application,
                *application.assignments.all(),
                *decisions,
                *Award.objects.filter(decision__in=decisions),
                *Appeal.objects.filter(decision__in=decisions),
            )


def _events_of(about: str, *records: models.Model) -> Iterator[tuple[object, ...]]:
    for entry in reversed(timeline(*records, limit=_EVENTS)):
        changes = "; ".join(
            f"{change.label}: {change.before or '—'} → {change.after or '—'}"
            for change in entry.changes
        )
        who, record, action = str(entry.who or ""), str(entry.record), str(entry.action)
        yield entry.at, who, record, about, action, entry.why, changes
