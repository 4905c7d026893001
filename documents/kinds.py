"""The kinds of documents: each room registers its own, with who may read them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from rules.predicates import Predicate


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document.

    `template` is rendered with the document's facts; `may_read(user, about)` tells whether a
    person may open a document about that record.
    """

    slug: str
    title: str | Promise
    template: str
    may_read: Predicate


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
