"""The kinds of texts that coordinators own: e-mails and letters register theirs, with their passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db import models
from django.template.base import NodeList
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from texts.rules.placeholders import TextShape
from texts.wording.built_in import BuiltIn, Placeholder

# A passage of a letter, and the text of an e-mail.
PASSAGE = TextShape(most=4000)
SUBJECT = TextShape(most=200, one_line=True)
# What stands at the end of a letter, where anything does.
CLOSING = TextShape(most=4000, may_be_empty=True)


class Family(models.TextChoices):
    """What a text is written in."""

    MAIL = "mail", _("E-mails")
    LETTER = "letter", _("Letters")


@dataclass(frozen=True)
class TextPassage:
    """A part of a kind whose wording can be owned: its name, and the template's nodes that say it."""

    slug: str
    label: str | Promise
    nodes: NodeList
    shape: TextShape = PASSAGE
    # Whether it stands in a page (letters), or is plain text (e-mails).
    is_markup: bool = False


@dataclass(frozen=True)
class OwnedKind:
    """One kind of letter or e-mail with its passages, in their order.

    `title_of` says in the active language what it is called. What is never about one call
    (`of_a_call` False) has one wording for all.
    """

    family: Family
    slug: str
    group: str | Promise
    title_of: Callable[[OwnedKind], str]
    passages: tuple[TextPassage, ...]
    of_a_call: bool = True

    @property
    def title(self) -> str:
        return self.title_of(self)

    @cached_property
    def reading(self) -> BuiltIn:
        """What its templates say, taken apart: the same names in each of its passages."""
        return BuiltIn((one.slug, one.nodes, one.is_markup) for one in self.passages)

    @property
    def placeholders(self) -> dict[str, Placeholder]:
        """What may stand in its texts, by name, in the order of its templates."""
        return self.reading.placeholders

    def built_in(self) -> dict[str, str]:
        """The built-in wording of each passage as somebody would type it, in the active language."""
        return self.reading.as_typed()


@dataclass(frozen=True)
class RealRecord:
    """Something that was issued or told once, whose facts a text is shown on instead of the sample.

    `label` names it, `context` is what its template sees (`facts` and more), `setting` holds for its
    reader while it is written, and `draw` makes the file of it with the passages, where it is a file.
    """

    key: str
    label: str
    context: Mapping[str, Any]
    setting: Callable[[], AbstractContextManager[object]] = nullcontext
    draw: Callable[[Mapping[str, str]], bytes] | None = None


# Finds for a person the newest of a kind in a language that they may read.
Records = Callable[[User, "OwnedKind", str], Iterable[RealRecord]]
_RECORDS: dict[Family, Records] = {}


def register_records(family: Family, find: Records) -> None:
    """Make known where real records of a family come from; each is among those that the person reads."""
    _RECORDS[family] = find


def records_of(user: User, kind: OwnedKind, language: str) -> list[RealRecord]:
    """The newest real records of a kind that the person may read."""
    find = _RECORDS.get(kind.family)
    return list(find(user, kind, language)) if find else []


# Draws the passages of a kind, on a sample and in a language, as a PDF.
Drawing = Callable[[OwnedKind, Mapping[str, str], str], bytes]
_SOURCES: dict[Family, Callable[[], Iterable[OwnedKind]]] = {}
_DRAWINGS: dict[Family, Drawing] = {}


def register_source(
    family: Family, read: Callable[[], Iterable[OwnedKind]], draw: Drawing | None = None
) -> None:
    """Make known where the kinds of a family come from; they are read once, when first asked for.

    `draw` makes the file that shows a sample, where what is sent is a file.
    """
    _SOURCES[family] = read
    if draw is not None:
        _DRAWINGS[family] = draw
    kinds_of.cache_clear()


def drawing_of(family: Family) -> Drawing | None:
    """What draws samples of the family; None where a page shows them well enough."""
    return _DRAWINGS.get(family)


@cache
def kinds_of(family: Family) -> dict[str, OwnedKind]:
    """The kinds of a family by name; empty where no room has registered any."""
    read = _SOURCES.get(family)
    return {one.slug: one for one in read()} if read else {}


def kind_of(family: str, slug: str) -> OwnedKind | None:
    """The kind called `slug`, or None."""
    return kinds_of(Family(family)).get(slug) if family in Family.values else None
