"""Whose letters are made together: each room registers the records that a batch is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from rules.predicates import Predicate

from documents.kinds import DocumentKind

if TYPE_CHECKING:
    from documents.actions import Issue


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


def register_source(source: LetterSource) -> None:
    """Make it known. Raises ValueError where the model has another."""
    if _SOURCES.setdefault(source.model, source) != source:
        raise ValueError(f"{source.model.__name__} has its letters already.")


def source_of(about: models.Model) -> LetterSource:
    """Where the letters of a record come from; KeyError for one that has none."""
    return _SOURCES[type(about)]
