"""How many rows each of several reads finds, asked in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counts_of(reads: Sequence[QuerySet[Any]]) -> list[int]:
    """The number of rows of each read, in their order.

    Only keys are read, without order and whatever a page would show beside them; a read that is known
    to find nothing is not asked for.
    """
    counts = [0] * len(reads)
    asked: list[tuple[int, str, tuple[Any, ...]]] = []
    for position, read in enumerate(reads):
        try:
            sql, params = read.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        # What Django wrote, with its parameters apart.
        asked.append((position, f"(SELECT count(*) FROM ({sql}) AS found)", params))  # noqa: S608
    if not asked:
        return counts
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(sql for _position, sql, _params in asked),
            [param for _position, _sql, params in asked for param in params],
        )
        row = cursor.fetchone()
    for (position, _sql, _params), number in zip(asked, row, strict=True):
        counts[position] = number
    return counts
