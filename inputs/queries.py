"""Searching lists: every word, in the form in which two people write it alike."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, TypeVar

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


def with_words(records: QuerySet[Found], text: str, *columns: str) -> QuerySet[Found]:
    """Those with every word of `text` in one of the columns, in any order, however written."""
    words = folded(text).split()[:MOST_WORDS]
    if not words:
        return records
    forms: dict[str, Any] = {
        f"folded_{at}": Folded(Cast(column, TextField())) for at, column in enumerate(columns)
    }
    records = records.alias(**forms)
    for word in words:
        anywhere = [Q(**{f"{name}__contains": word}) for name in forms]
        records = records.filter(reduce(or_, anywhere))
    return records
