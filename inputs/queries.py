"""Searching lists: every word, in the form in which two people write it alike."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import Func, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from inputs.rules.folding import folded

# Each word costs a search; nobody remembers more of what is looked for.
MOST_WORDS = 6
Found = TypeVar("Found", bound=Model)


class Folded(Func):
    """A column in the form in which it is searched (PostgreSQL's own `folded`)."""

    function = "folded"
    output_field = TextField()


class FoldedCode(Func):
    """A column in the form in which codes are compared (PostgreSQL's own `code_form`)."""

    function = "code_form"
    output_field = TextField()


class Kept(str):
    """A column, or a path to one, that the database keeps folded, with an index of trigrams."""

    __slots__ = ()


def trigrams(*columns: str, name: str) -> GinIndex:
    """The index by which `with_words` finds a part of any of the columns, all of one table."""
    return GinIndex(*(OpClass(Folded(one), name="gin_trgm_ops") for one in columns), name=name)


def with_words(records: QuerySet[Found], text: str, *columns: str) -> QuerySet[Found]:
    """Those with every word of `text` in one of the columns, in any order, however written.

    Where columns lie in several tables, each table finds by its own index the keys of the records
    that a word leads to: a condition over a join would fold every row of all of them.
    """
    tables: dict[str, list[str]] = {}
    for column in columns:
        tables.setdefault(column.rpartition("__")[0], []).append(column)
    for word in folded(text).split()[:MOST_WORDS]:
        if list(tables) == [""]:
            records = _with_word(records, word, columns)
            continue
        everything: QuerySet[Found] = QuerySet(records.model).order_by()
        first, *others = (
            _with_word(everything, word, of_one_table).values("pk")
            for of_one_table in tables.values()
        )
        records = records.filter(pk__in=first.union(*others) if others else first)
    return records


def _with_word(records: QuerySet[Found], word: str, columns: Sequence[str]) -> QuerySet[Found]:
    forms: dict[str, Any] = {
        f"folded_{at}": Folded(Cast(column, TextField()))
        for at, column in enumerate(columns)
        if not isinstance(column, Kept)
    }
    searched = [*forms, *(column for column in columns if isinstance(column, Kept))]
    anywhere = [Q(**{f"{name}__contains": word}) for name in searched]
    return records.alias(**forms).filter(reduce(or_, anywhere))
