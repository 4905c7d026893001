"""Issuing documents. Whether a person may issue one is for the room's action to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import action, constraints_of
from conduct.actions.queueing import queue_after_commit
from documents.actions.facts import Facts, facts_sha256, frozen
from documents.kinds import DocumentKind, kind
from documents.models import Document
from documents.tasks import render_document
from texts.kinds import Family
from texts.queries import WordingAsked, wordings_for
from texts.wording.filling import FROZEN


@dataclass(frozen=True)
class Issue:
    """A document to be issued about a record, in every language of the portal.

    `facts_of` is called once for each, with that language active, so that names and labels among
    the facts stand in the language of the letter.
    """

    about: models.Model
    facts_of: Callable[[], Facts]
    reference: str = ""
    # The language of who reads it first: the others are made when the queue has room for them.
    reads_first: str = ""


@action(_("Document issued"))
def issue_document(
    kind: DocumentKind | str,
    about: models.Model,
    facts: Facts,
    *,
    language: str,
    by: User | None,
    reference: str = "",
) -> Document:
    """Write down what a document states; a worker makes the file after the commit.

    `facts` are JSON (amounts and dates as text) in the words of `language`, best with a `date`;
    they are frozen. `by` is None for the system. Issued again with the same facts, the document
    that holds is returned, so that an event makes its letter once; with others, it is superseded
    by the new one. Raises Refused when somebody else issues it at the same instant.
    """
    return _issue(kind, [_Stated(about, language, _whole(facts), reference)], by)[0]


@action(_("Documents issued"))
def issue_in_every_language(
    kind: DocumentKind | str,
    about: models.Model,
    facts_of: Callable[[], Facts],
    *,
    by: User | None,
    reference: str = "",
    reads_first: str = "",
) -> dict[str, Document]:
    """Issue one document in each of the portal's languages; by language code. See `Issue`."""
    issue = Issue(about, facts_of, reference, reads_first)
    return _issue_in_every_language(kind, [issue], by)[0]


@action(_("Documents issued"))
def issue_many(
    kind: DocumentKind | str, issues: Sequence[Issue], *, by: User | None
) -> list[dict[str, Document]]:
    """Issue documents of one kind about many records, each in every language, in their order.

    As `issue_in_every_language` for each, in a constant number of queries. What they state is held
    in memory meanwhile: hand over some hundreds at once.
    """
    return _issue_in_every_language(kind, issues, by)


@action(_("Documents issued"))
def issue_missing(
    kind: DocumentKind | str, issues: Sequence[Issue], *, by: User | None
) -> list[Document]:
    """Issue in each language what no document that holds states yet; those that are new.

    What holds stays as it is, also where its record states something else by now.
    """
    slug = _registered(kind if isinstance(kind, str) else kind.slug)
    places = {
        (_Stated(issue.about, language, {}, "").place): issue
        for language in _languages()
        for issue in issues
    }
    missing = places.keys() - _held(slug, [issue.about for issue in issues])
    stated = []
    for place, issue in places.items():
        if place in missing:
            with translation.override(place[2]):
                stated.append(
                    _Stated(
                        issue.about,
                        place[2],
                        _whole(issue.facts_of()),
                        issue.reference,
                        Document.Priority.BATCH,
                    )
                )
    return _issued(slug, stated, by, keep=True)[1]


def _issue_in_every_language(
    kind: DocumentKind | str, issues: Sequence[Issue], by: User | None
) -> list[dict[str, Document]]:
    languages = _languages()
    stated = []
    for language in languages:
        with translation.override(language):
            stated += [
                _Stated(
                    issue.about,
                    language,
                    _whole(issue.facts_of()),
                    issue.reference,
                    _priority(issue, language),
                )
                for issue in issues
            ]
    documents = iter(_issue(kind, stated, by))
    by_language = {language: list(islice(documents, len(issues))) for language in languages}
    return [
        {language: by_language[language][at] for language in languages} for at in range(len(issues))
    ]


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class _Stated:
    """What one document states, frozen, about which record and in which language."""

    about: models.Model
    language: str
    facts: Facts
    reference: str
    priority: int = Document.Priority.MAIL

    @property
    def place(self) -> tuple[int, str, str]:
        """Where one document of a kind holds at a time."""
        content_type = ContentType.objects.get_for_model(self.about)
        return content_type.pk, str(self.about.pk), self.language


def _priority(issue: Issue, language: str) -> int:
    waited_for = issue.reads_first in ("", language)
    return Document.Priority.MAIL if waited_for else Document.Priority.NOBODY


def _whole(facts: Facts) -> Facts:
    """The facts of a room and what every letter says of its funding, frozen."""
    return frozen({"funding": settings.FUNDING, **facts})


def _issue(kind: DocumentKind | str, stated: Sequence[_Stated], by: User | None) -> list[Document]:
    """The documents that say so from now on, in the same order: those that hold, or new ones."""
    return _issued(kind, stated, by)[0]


def _issued(
    kind: DocumentKind | str, stated: Sequence[_Stated], by: User | None, *, keep: bool = False
) -> tuple[list[Document], list[Document]]:
    """As `_issue`, and which of them are new; with `keep` what holds stays, whatever it says."""
    slug = _registered(kind if isinstance(kind, str) else kind.slug)
    current = _locked_current(slug, stated)
    issued: list[Document] = []
    new: list[Document] = []
    for one in _in_words_that_hold(slug, stated):
        digest = facts_sha256(one.facts)
        held = current.get(one.place)
        if held is not None:
            if keep or _says_the_same(slug, held, one):
                issued.append(held)
                continue
            end(held, Document.Validity.SUPERSEDED)
        new.append(_document(slug, one, digest, by))
        issued.append(new[-1])
    with constraints_of(Document):
        Document.objects.bulk_create(new)
    for document in new:
        queue_rendering(document)
    return issued, new


def _in_words_that_hold(slug: str, stated: Sequence[_Stated]) -> list[_Stated]:
    """The same with the wording that coordinators own, frozen with the facts, where they own any."""
    asked = [WordingAsked(slug, one.language, one.about) for one in stated]
    return [
        replace(one, facts={**one.facts, FROZEN: wording}) if wording else one
        for one, wording in zip(stated, wordings_for(Family.LETTER, asked), strict=True)
    ]


def _says_the_same(slug: str, held: Document, one: _Stated) -> bool:
    """Whether the document that holds states the same facts: new words alone make no new letter.

    Of reports they do: what coordinators write is a part of what is reported.
    """
    if kind(slug).words_are_facts:
        return held.facts_sha256 == facts_sha256(one.facts) and held.reference == one.reference
    facts = {key: value for key, value in one.facts.items() if key != FROZEN}
    if FROZEN in held.facts:
        facts[FROZEN] = held.facts[FROZEN]
    return held.facts_sha256 == facts_sha256(facts) and held.reference == one.reference


def _held(slug: str, records: Sequence[models.Model]) -> set[tuple[int, str, str]]:
    """The places of documents of the kind that hold for these records."""
    content_types = ContentType.objects.get_for_models(*{type(record) for record in records})
    found = Document.objects.filter(
        kind=slug,
        content_type__in=content_types.values(),
        object_id__in={str(record.pk) for record in records},
        validity=Document.Validity.CURRENT,
    )
    return set(found.values_list("content_type_id", "object_id", "language"))


def _locked_current(slug: str, stated: Sequence[_Stated]) -> dict[tuple[int, str, str], Document]:
    """The documents of the kind that hold for these records, by place, locked in one order."""
    places = {one.place for one in stated}
    found = (
        Document.objects.select_for_update(of=("self",), no_key=True)
        .filter(
            kind=slug,
            content_type__in={content_type for content_type, _record, _language in places},
            object_id__in={record for _content_type, record, _language in places},
            validity=Document.Validity.CURRENT,
        )
        .order_by("pk")
    )
    by_place = {
        (document.content_type_id, document.object_id, document.language): document
        for document in found
    }
    return {place: by_place[place] for place in places & by_place.keys()}


def _document(slug: str, stated: _Stated, digest: str, by: User | None) -> Document:
    content_type, record, language = stated.place
    return Document(
        kind=slug,
        content_type_id=content_type,
        object_id=record,
        language=language,
        reference=stated.reference,
        facts=stated.facts,
        facts_sha256=digest,
        issued_by=by,
        next_attempt_at=Document.first_turn(),
        priority=stated.priority,
    )


def _registered(slug: str) -> str:
    """The slug, once it is sure that a room registered it (KeyError otherwise)."""
    return kind(slug).slug


def end(document: Document, validity: str) -> None:
    """Let a document hold no longer; the caller says why on it, and holds its row."""
    document.validity = validity
    document.save(update_fields=["validity", "withdrawal_reason"])


def queue_rendering(document: Document) -> None:
    """Have a worker make the file, once the row is committed."""
    queue_after_commit(render_document, str(document.pk), priority=document.priority)
