"""What a decision dossier holds: every file of a selection, by path, with where its bytes come from.

Texts are made from the records as the ZIP is written, line by line; stored files are read piece by
piece. Nothing is held in memory as a whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import override

from documents.models import Document
from records.exporting import csv_lines
from records.history import timeline
from vouchers.applications.models import SENT, Application, Recusal
from vouchers.calls.models import Call
from vouchers.scoring.models import Assignment, Consensus, ConsensusMessage, Score

from .models import Appeal, Award, Decision, SelectionRound
from .queries import decisions_of

_PIECE = 256 * 1024
# No record has so many events; a limit there must be.
_EVENTS = 100_000
_UNFIT = re.compile(r"[^\w.\- ]+")


@dataclass(frozen=True)
class Entry:
    """One file of the dossier. `expected` is the hash on record, where there is one.

    `pieces` gives the bytes; None for a file that should be there and is not, and `missing` says why.
    """

    path: str
    pieces: Callable[[], Iterator[bytes]] | None
    expected: str = ""
    missing: str = ""


def entries_of(selection_round: SelectionRound) -> list[Entry]:
    """Every file of the dossier of a round, in order; the bytes are read when they are written."""
    call = selection_round.call
    sent = applications_in(call)
    return [
        Entry("call/call.json", lambda: _json(_call_facts(call))),
        *_document_entries(_about(Call.objects.filter(pk=call.pk)), "call"),
        Entry("applications.csv", lambda: _csv(_APPLICATIONS, _application_rows(sent))),
        *_application_entries(sent),
        Entry("conflicts.csv", lambda: _csv(_CONFLICTS, _conflict_rows(call))),
        Entry("scores.csv", lambda: _csv(_SCORES, _score_rows(call))),
        Entry("consensus.csv", lambda: _csv(_CONSENSUS, _consensus_rows(call))),
        Entry("consensus-discussion.csv", lambda: _csv(_DISCUSSION, _discussion_rows(call))),
        Entry("ranking.csv", lambda: _csv(_RANKING, _ranking_rows(selection_round))),
        Entry("feedback.csv", lambda: _csv(_FEEDBACK, _feedback_rows(selection_round))),
        Entry("reviews.csv", lambda: _csv(_REVIEWS, _review_rows(selection_round))),
        *_document_entries(_about(SelectionRound.objects.filter(pk=selection_round.pk)), "minutes"),
        *_letter_entries(selection_round),
        Entry("history.csv", lambda: _csv(_HISTORY, _history_rows(selection_round))),
    ]


def applications_in(call: Call) -> QuerySet[Application]:
    """Every application that was sent to the call, in the order of its references."""
    return (
        Application.objects.filter(SENT, call=call)
        .select_related("cluster", "country")
        .order_by("reference")
    )


def letters_of(selection_round: SelectionRound) -> QuerySet[Document]:
    """The letters about the decisions of a round, its awards and its reviews."""
    decisions = Decision.objects.filter(selection_round=selection_round)
    return (
        _about(decisions)
        | _about(Award.objects.filter(decision__in=decisions))
        | _about(Appeal.objects.filter(decision__in=decisions))
    )


def unfinished_documents(selection_round: SelectionRound) -> QuerySet[Document]:
    """The letters and minutes of a round that a worker is still to make."""
    minutes = _about(SelectionRound.objects.filter(pk=selection_round.pk))
    return (letters_of(selection_round) | minutes).filter(state=Document.State.PENDING)


def _about(records: QuerySet[Any]) -> QuerySet[Document]:
    keys = records.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
    return Document.objects.filter(
        content_type=ContentType.objects.get_for_model(records.model), object_id__in=keys
    )


def _document_entries(documents: QuerySet[Document], folder: str) -> Iterator[Entry]:
    for document in documents.order_by("issued_at", "kind", "language").iterator(500):
        yield _document_entry(document, folder)


def _document_entry(document: Document, folder: str) -> Entry:
    """One letter; those that no longer hold say so in their name."""
    held = "" if document.is_current else f"-{document.validity}"
    path = f"{folder}/{document.kind}-{document.language}-{document.code[:6]}{held}.pdf"
    if not document.is_ready:
        return Entry(path, None, missing=f"The document is {document.state}.")
    return _stored(path, document.file.name or "", document.file_sha256)


def _application_entries(sent: QuerySet[Application]) -> Iterator[Entry]:
    references = {str(pk): reference for pk, reference in sent.values_list("pk", "reference")}
    documents = _about(sent).exclude(kind="application-draft")
    for document in documents.order_by("object_id", "issued_at", "language").iterator(500):
        yield _document_entry(document, f"applications/{references[document.object_id]}")
    attachments = sent.order_by("reference", "attachments__pk").filter(attachments__isnull=False)
    for number, (reference, name, stored, sha256) in enumerate(
        attachments.values_list(
            "reference", "attachments__name", "attachments__file", "attachments__sha256"
        ),
        start=1,
    ):
        path = f"applications/{reference}/files/{number:04d}-{_proper_name(name)}"
        yield _stored(path, stored, sha256)


def _letter_entries(selection_round: SelectionRound) -> Iterator[Entry]:
    for document in letters_of(selection_round).order_by("reference", "issued_at").iterator(500):
        yield _document_entry(document, f"letters/{document.reference}")


def _stored(path: str, name: str, sha256: str) -> Entry:
    if not default_storage.exists(name):
        return Entry(path, None, expected=sha256, missing="The stored file is gone.")
    return Entry(path, lambda: _pieces(name), expected=sha256)


def _pieces(name: str) -> Iterator[bytes]:
    with default_storage.open(name) as file:
        while piece := file.read(_PIECE):
            yield piece


def _proper_name(name: str) -> str:
    """A name that is safe in a ZIP on any machine."""
    return _UNFIT.sub("_", name).strip(". ")[-100:] or "file"


def _json(facts: object) -> Iterator[bytes]:
    encoder = DjangoJSONEncoder(ensure_ascii=False, indent=2, sort_keys=True)
    for piece in encoder.iterencode(facts):
        yield piece.encode()


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    return (line.encode() for line in csv_lines(columns, rows))


def _call_facts(call: Call) -> dict[str, Any]:
    return {
        "call": _fields(call),
        "criteria": [_fields(criterion) for criterion in call.criteria.all()],
        "quotas": [_fields(quota) for quota in call.quotas.all()],
        "eligibility_rules": [_fields(rule) for rule in call.eligibility_rules.all()],
        "declaration": [_fields(clause) for clause in call.declaration_clauses.all()],
        "amendments": [_fields(amendment) for amendment in call.amendments.all()],
    }


def _fields(record: models.Model) -> dict[str, Any]:
    """Every field of a record, those that nobody edits too; texts in every language."""
    names = [field.name for field in record._meta.concrete_fields]
    facts = {name: record.serializable_value(name) for name in names}
    return {name: getattr(value, "data", value) for name, value in facts.items()}


_APPLICATIONS = ("reference", "cluster", "country", "language", "state", "sent_at")


def _application_rows(sent: QuerySet[Application]) -> Iterator[tuple[object, ...]]:
    yield from sent.values_list(
        "reference", "cluster__name", "country_id", "language", "state", "submitted_at"
    ).iterator(2000)


_CONFLICTS = (
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


def _conflict_rows(call: Call) -> Iterator[tuple[object, ...]]:
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


_SCORES = (
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


def _score_rows(call: Call) -> Iterator[tuple[object, ...]]:
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


_CONSENSUS = (
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


def _consensus_rows(call: Call) -> Iterator[tuple[object, ...]]:
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


_DISCUSSION = ("application", "author", "written_at", "text")


def _discussion_rows(call: Call) -> Iterator[tuple[object, ...]]:
    messages = ConsensusMessage.objects.filter(consensus__application__call=call).order_by(
        "consensus__application__reference", "pk"
    )
    yield from messages.values_list(
        "consensus__application__reference", "author__full_name", "written_at", "text"
    ).iterator(2000)


_RANKING = (
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


def _ranking_rows(selection_round: SelectionRound) -> Iterator[tuple[object, ...]]:
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


_FEEDBACK = ("application", "criterion", "kind", "from", "number", "released", "text")


def _feedback_rows(selection_round: SelectionRound) -> Iterator[tuple[object, ...]]:
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


_REVIEWS = (
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


def _review_rows(selection_round: SelectionRound) -> Iterator[tuple[object, ...]]:
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


_HISTORY = ("at", "who", "record", "about", "action", "why", "changes")


def _history_rows(selection_round: SelectionRound) -> Iterator[tuple[object, ...]]:
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
        yield (
            entry.at,
            str(entry.who or ""),
            str(entry.record),
            about,
            str(entry.action),
            entry.why,
            changes,
        )
