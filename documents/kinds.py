"""The kinds of documents: each room registers its own, with who may read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models
from django.template import Engine
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from rules.predicates import Predicate

from accounts.models import User
from texts.kinds import (
    CLOSING,
    PASSAGE,
    Family,
    OwnedKind,
    RealRecord,
    TextPassage,
    register_records,
    register_source,
)
from texts.templatetags.passages import PassageNode
from texts.wording.filling import FROZEN

if TYPE_CHECKING:
    from documents.actions import Issue
    from documents.models import Document


class Manner(StrEnum):
    """How the verification page shows a fact. People and accounts are masked, the rest is whole."""

    NAME = "name"
    PERSON = "person"
    MONEY = "money"
    DAY = "day"
    ACCOUNT = "account"
    NUMBER = "number"


@dataclass(frozen=True)
class Told:
    """A fact of a letter that its verification repeats: a copy that says something else is seen.

    `fact` is a key of the facts; where a letter does not state it, nothing is shown. Money is EUR.
    """

    label: str | Promise
    fact: str
    manner: Manner


ADDRESSEE = Told(_("Cluster"), "cluster", Manner.NAME)


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document.

    `template` is rendered with the document's facts; `may_read(user, about)` tells whether a
    person may open a document about that record; `told` is what anybody with its code is shown of
    what it says.
    """

    slug: str
    title: str | Promise
    template: str
    may_read: Predicate
    told: tuple[Told, ...] = (ADDRESSEE,)
    # Whether it proves something: it bears a code and a seal, and a copy for the archive is kept.
    proves: bool = True
    # The template in which the passages of the kind stand, where it is not its own.
    passages_in: str = ""
    # Whether other words alone make a new document: of reports, whose paragraphs are what they tell.
    words_are_facts: bool = False


_KINDS: dict[str, DocumentKind] = {}


def register(new: DocumentKind) -> DocumentKind:
    """Make a kind known, and return it. Raises ValueError when another has its slug."""
    known = _KINDS.setdefault(new.slug, new)
    if known != new:
        raise ValueError(f"Two kinds of documents are called “{new.slug}”.")
    return new


def kind(slug: str) -> DocumentKind:
    """The kind called `slug`; KeyError when no room registered it."""
    return _KINDS[slug]


def every_kind() -> list[DocumentKind]:
    """All kinds, in the order in which the rooms registered them."""
    return list(_KINDS.values())


# How the passages of letters are called where coordinators write them.
_PASSAGES = {
    "opening": pgettext_lazy("passage of a letter", "Opening"),
    "preamble": pgettext_lazy("passage of a letter", "Preamble"),
    "closing": pgettext_lazy("passage of a letter", "Closing"),
    # Of reports: what the figures do not tell.
    "achievements": pgettext_lazy("passage of a report", "Achievements"),
    "difficulties": pgettext_lazy("passage of a report", "Difficulties"),
    "outlook": pgettext_lazy("passage of a report", "Outlook"),
}
_MAY_BE_EMPTY = ("closing", "achievements", "difficulties", "outlook")


def letters_with_passages() -> Iterator[OwnedKind]:
    """The kinds whose templates name passages that coordinators may own (`texts.kinds`)."""
    for known in every_kind():
        nodes = Engine.get_default().get_template(known.passages_in or known.template).nodelist
        passages = tuple(
            TextPassage(
                node.slug,
                _PASSAGES[node.slug],
                node.nodelist,
                CLOSING if node.slug in _MAY_BE_EMPTY else PASSAGE,
                is_markup=True,
            )
            for node in nodes.get_nodes_by_type(PassageNode)
            if isinstance(node, PassageNode)
        )
        if passages:
            yield OwnedKind(Family.LETTER, known.slug, Family.LETTER.label, _title, passages)


def _title(owned: OwnedKind) -> str:
    return str(kind(owned.slug).title)


def register_passages() -> None:
    """Make them known to the room of texts."""
    register_source(Family.LETTER, letters_with_passages, _draw)
    register_records(Family.LETTER, _real_letters)


def _real_letters(user: User, owned: OwnedKind, language: str) -> Iterator[RealRecord]:
    # Here, and not above: reads, wording and models know the kinds.
    from documents.queries import newest_letters  # noqa: PLC0415
    from documents.wording import for_readers_in  # noqa: PLC0415

    for document in newest_letters(user, owned.slug, language):
        yield RealRecord(
            key=str(document.pk),
            label=f"{document.reference} · {document.about} · {document.issued_on:%Y-%m-%d}",
            context={"facts": document.facts, "document": document},
            setting=partial(for_readers_in, str(document.facts.get("country_code", ""))),
            draw=partial(_drawn_anew, document),
        )


def _drawn_anew(document: Document, passages: Mapping[str, str]) -> bytes:
    """A real letter with other words, marked as a draft; the letter itself stays as it was issued."""
    facts = {**document.facts, FROZEN: dict(passages)}
    return draw_draft(kind(document.kind), facts, language=document.language)


def draw_draft(known: DocumentKind, facts: Mapping[str, object], *, language: str) -> bytes:
    """A letter of the kind as PDF, to be read before it is issued: marked as a draft, and not kept."""
    # Here, and not above: as below, and models know the kinds.
    from documents.models import Document  # noqa: PLC0415
    from documents.rendering.previewing import draft  # noqa: PLC0415

    return draft(
        Document(
            kind=known.slug,
            language=language,
            reference=str(facts.get("reference", "")),
            facts=dict(facts),
            issued_at=timezone.now(),
        )
    )


def _draw(owned: OwnedKind, passages: Mapping[str, str], language: str) -> bytes:
    # Here, and not above: WeasyPrint costs the web processes a second and 60 MB they do not need.
    from documents.rendering.previewing import preview  # noqa: PLC0415

    return preview(owned, passages, language)


@dataclass(frozen=True)
class LetterSource:
    """The letters of one record, as a round of a selection has its award letters and refusals.

    `may_steer` tells who may have them made, pause that and stop it. `require_ready` raises OutOfOrder
    while the record has no letters yet. `issues` gives what a kind of letter states to each addressee.
    """

    model: type[models.Model]
    kinds: tuple[DocumentKind, ...]
    may_steer: Predicate
    require_ready: Callable[[Any], None]
    issues: Callable[[Any, DocumentKind], Iterable[Issue]]


_SOURCES: dict[type[models.Model], LetterSource] = {}


def register_letters(source: LetterSource) -> None:
    """Make it known. Raises ValueError where the model has another."""
    if _SOURCES.setdefault(source.model, source) != source:
        raise ValueError(f"{source.model.__name__} has its letters already.")


def source_of(about: models.Model) -> LetterSource:
    """Where the letters of a record come from; KeyError for one that has none."""
    return _SOURCES[type(about)]
