"""What a decision dossier holds: every file of a selection, by path, with where its bytes come from.

Texts are made from the records as the ZIP is written, line by line; stored files are read piece by
piece. Nothing is held in memory as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from conduct.queries.scoping import for_system
from documents.models import Document
from exports.letters.lines import csv_lines
from exports.rules.columns import table_of_keys
from vouchers.applications.models import Application
from vouchers.awards.dossiers.queries import tables
from vouchers.awards.dossiers.queries.finding import applications_in
from vouchers.awards.models import Appeal, Award, Decision, SelectionRound
from vouchers.calls.models import Call

_PIECE = 256 * 1024
_UNFIT = re.compile(r"[^\w.\- ]+")


@dataclass(frozen=True)
class DossierEntry:
    """One file of the dossier. `expected` is the hash on record, where there is one.

    `pieces` gives the bytes; None for a file that should be there and is not, and `missing` says why.
    """

    path: str
    pieces: Callable[[], Iterator[bytes]] | None
    expected: str = ""
    missing: str = ""


def entries_of(selection_round: SelectionRound) -> list[DossierEntry]:
    """Every file of the dossier of a round, in order; the bytes are read when they are written."""
    call = selection_round.call
    sent = applications_in(call)
    return [
        DossierEntry("call/call.json", lambda: _json(tables.call_facts(call))),
        *_document_entries(_about(Call.objects.filter(pk=call.pk)), "call"),
        DossierEntry(
            "applications.csv", lambda: _csv(tables.APPLICATIONS, tables.application_rows(sent))
        ),
        *_application_entries(sent),
        DossierEntry("conflicts.csv", lambda: _csv(tables.CONFLICTS, tables.conflict_rows(call))),
        DossierEntry("scores.csv", lambda: _csv(tables.SCORES, tables.score_rows(call))),
        DossierEntry("consensus.csv", lambda: _csv(tables.CONSENSUS, tables.consensus_rows(call))),
        DossierEntry(
            "consensus-discussion.csv",
            lambda: _csv(tables.DISCUSSION, tables.discussion_rows(call)),
        ),
        DossierEntry(
            "ranking.csv", lambda: _csv(tables.RANKING, tables.ranking_rows(selection_round))
        ),
        DossierEntry(
            "feedback.csv", lambda: _csv(tables.FEEDBACK, tables.feedback_rows(selection_round))
        ),
        DossierEntry(
            "reviews.csv", lambda: _csv(tables.REVIEWS, tables.review_rows(selection_round))
        ),
        *_document_entries(_about(SelectionRound.objects.filter(pk=selection_round.pk)), "minutes"),
        *_letter_entries(selection_round),
        DossierEntry(
            "history.csv", lambda: _csv(tables.HISTORY, tables.history_rows(selection_round))
        ),
    ]


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
    return (letters_of(selection_round) | minutes).filter(Document.WAITING)


@for_system("the dossier holds everything of a decided round; only who reads all of it may have it")
def _about(records: QuerySet[Any]) -> QuerySet[Document]:
    keys = records.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
    return Document.objects.filter(
        content_type=ContentType.objects.get_for_model(records.model), object_id__in=keys
    )


def _document_entries(documents: QuerySet[Document], folder: str) -> Iterator[DossierEntry]:
    for document in documents.order_by("issued_at", "kind", "language").iterator(500):
        yield _document_entry(document, folder)


def _document_entry(document: Document, folder: str) -> DossierEntry:
    """One letter; those that no longer hold say so in their name."""
    held = "" if document.is_current else f"-{document.validity}"
    path = f"{folder}/{document.kind}-{document.language}-{document.code[:6]}{held}.pdf"
    if not document.is_ready:
        return DossierEntry(path, None, missing=f"The document is {document.state}.")
    return _stored(path, document.file.name or "", document.file_sha256)


def _application_entries(sent: QuerySet[Application]) -> Iterator[DossierEntry]:
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


def _letter_entries(selection_round: SelectionRound) -> Iterator[DossierEntry]:
    for document in letters_of(selection_round).order_by("reference", "issued_at").iterator(500):
        yield _document_entry(document, f"letters/{document.reference}")


def _stored(path: str, name: str, sha256: str) -> DossierEntry:
    if not default_storage.exists(name):
        return DossierEntry(path, None, expected=sha256, missing="The stored file is gone.")
    return DossierEntry(path, lambda: _pieces(name), expected=sha256)


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
    return (line.encode() for line in csv_lines(table_of_keys("dossier", columns, rows)))
