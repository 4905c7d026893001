"""What is said twice is done once: a second press, or a page that is sent again after a broken line.

An action that moves a record on finds it moved the second time, and one whose rows are unique is refused
by the database. One that only adds a row, of which there may be several, asks here first, under its lock.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

Record = TypeVar("Record", bound=models.Model)

# Who means it twice writes another word, or comes back later.
A_MOMENT = timedelta(minutes=10)


def said_a_moment_ago(rows: QuerySet[Record], *, at: str, **said: Any) -> Record | None:
    """The newest of `rows` that says just what is said now, and was written within A_MOMENT.

    `at` is the field with the instant (UTC) at which a row was written; `said` is everything that a
    person typed, and who it was. None where it is new. The rows must be locked with what they belong to.
    """
    since = {f"{at}__gte": timezone.now() - A_MOMENT}
    return rows.filter(**said, **since).order_by("-pk").first()
