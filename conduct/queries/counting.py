"""What several reads find, asked in one statement: how many rows, since when, or small rows of sums."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from .days import day_of
from .prepared import Statement, written

OLDEST = "oldest_of_these"


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
    return oldest_in([written(keys_of(read, field)) for read, field in reads])


def oldest_in(statements: Sequence[Statement]) -> list[FoundRows]:
    """The same of what `keys_of` asks, written already."""
    counted = [FoundRows(0)] * len(statements)
    asked = []
    for position, one in enumerate(statements):
        if one.sql:
            least = f"min(found.{OLDEST})" if f'AS "{OLDEST}"' in one.sql else "NULL"
            # What Django wrote, with its parameters apart.
            found = f"(SELECT json_build_array(count(*), {least}) FROM ({one.sql}) AS found)"  # noqa: S608
            asked.append((position, found, one.params))
    for position, (number, oldest) in _told(asked):
        counted[position] = FoundRows(number, _day(oldest))
    return counted


def counts_in(statements: Sequence[Statement]) -> list[int]:
    """The number of rows of each; see `oldest_in`."""
    return [found.number for found in oldest_in(statements)]


def rows_of(reads: Sequence[QuerySet[Any]]) -> list[list[dict[str, Any]]]:
    """The rows of each read (of `values`), in their order: for few rows of counts and sums.

    Sums keep their decimals. A read that is known to find nothing is not asked for.
    """
    return rows_in([written(read) for read in reads])


def rows_in(statements: Sequence[Statement]) -> list[list[dict[str, Any]]]:
    """The same of statements that are written already."""
    found: list[list[dict[str, Any]]] = [[] for _one in statements]
    # As text, since a number of JSON would lose its decimals.
    asked = [
        (position, f"(SELECT json_agg(found)::text FROM ({one.sql}) AS found)", one.params)  # noqa: S608
        for position, one in enumerate(statements)
        if one.sql
    ]
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


def keys_of(read: QuerySet[Any], field: str = "") -> QuerySet[Any]:
    """The keys that a read finds, without order, each with a field of days or instants, if named."""
    keys = read.order_by().values("pk")
    return keys.annotate(**{OLDEST: F(field)}) if field else keys


def _day(text: str | None) -> date | None:
    """The day that JSON says, of a day or of an instant."""
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == 10 else day_of(datetime.fromisoformat(text))
