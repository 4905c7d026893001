"""Finding applications, and what came of them, by reference or by the cluster's name."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet

from inputs.queries import MOST_WORDS, Kept
from inputs.rules.folding import folded
from inputs.rules.marks import plain_line

# A whole reference is looked up at once; any part of one is searched for.
_REFERENCE = re.compile(r"[A-Z0-9]+-\d{4}-[A-Z]{2}-\d{4,}", re.IGNORECASE)


def with_text(records: QuerySet[Any], text: str, *, of: str = "") -> QuerySet[Any]:
    """Those with every word of `text` in the reference or the cluster's name, in any order.

    They are applications, or what leads to one by the relation `of` (such as "award__application__").
    """
    plain = plain_line(text)
    if _REFERENCE.fullmatch(plain):
        return records.filter(**{f"{of}reference": plain.upper()})
    # Kept folded by the database, so that its index serves.
    for word in folded(text).split()[:MOST_WORDS]:
        records = records.filter(**{f"{of}searched__contains": word})
    return records


def in_application(path: str) -> Kept:
    """What is searched of the application that the relation `path` leads to: a column of `with_words`.

    Reference, name and aliases of the cluster, as applications keep them for their own list.
    """
    return Kept(f"{path}__searched")
