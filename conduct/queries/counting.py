"""What several reads find, asked in one statement: how many rows, since when, or small rows of sums."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet

from .days import day_of


@dataclass(frozen=True)
class FoundRows:
    """How many rows a read finds, and the day (programme time) of the oldest, where that was asked."""

    number: int
    oldest: date | None = None


def counts_of(reads: Sequence[QuerySet[Any]]) -> list[int]:
    """The number of rows of each read, in their order; see `oldest_of`."""
    return [found.number for found in oldest_of([(read, "") for read in reads])]


def oldest_of(reads: Sequence[tuple[QuerySet[Any], str]]) -> list[FoundRows]:
    """What each read finds: how many rows, and the least of a field of days or instants, if named.

    Only keys and that field are read, without order and whatever a page would show beside them; a
    read that is known to find nothing is not asked for.
    """
    counted = [FoundRows(0)] * len(reads)
    asked: list[tuple[int, str, tuple[Any, ...]]] = []
    for position, (read, field) in enumerate(reads):
        least = "min(found.oldest_of_these)" if field else "NULL"
        try:
            sql, params = _keys(read, field).query.sql_with_params()
        except EmptyResultSet:
            continue
        # What Django wrote, with its parameters apart.
        found = f"(SELECT json_build_array(count(*), {least}) FROM ({sql}) AS found)"  # noqa: S608
        asked.append((position, found, params))
    for position, (number, oldest) in _told(asked):
        counted[position] = FoundRows(number, _day(oldest))
    return counted


def rows_of(reads: Sequence[QuerySet[Any]]) -> list[list[dict[str, Any]]]:
    """The rows of each read (of `values`), in their order: for few rows of counts and sums.

    Sums keep their decimals. A read that is known to find nothing is not asked for.
    """
    found: list[list[dict[str, Any]]] = [[] for _read in reads]
    asked: list[tuple[int, str, tuple[Any, ...]]] = []
    for position, read in enumerate(reads):
        try:
            sql, params = read.query.sql_with_params()
        except EmptyResultSet:
            continue
        # As text, since a number of JSON would lose its decimals.
        rows = f"(SELECT json_agg(found)::text FROM ({sql}) AS found)"  # noqa: S608
        asked.append((position, rows, params))
    for position, text in _told(asked):
        found[position] = json.loads(text, parse_float=Decimal) if text else []
    return found


def _told(
    asked: Sequence[tuple[int, str, tuple[Any, ...]]],
) -> Iterator[tuple[int, Any]]:
    """The value of each expression, with its position; without a query where nothing is asked."""
    if not asked:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(sql for _position, sql, _params in asked),
            [param for _position, _sql, params in asked for param in params],
        )
        row = cursor.fetchone()
    for (position, _sql, _params), value in zip(asked, row, strict=True):
        yield position, value


def _keys(read: QuerySet[Any], field: str) -> QuerySet[Any]:
    keys = read.order_by().values("pk")
    return keys.annotate(oldest_of_these=F(field)) if field else keys


def _day(text: str | None) -> date | None:
    """The day that JSON says, of a day or of an instant."""
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == 10 else day_of(datetime.fromisoformat(text))
