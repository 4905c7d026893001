"""A read written for a stand-in, and the proof that it says what Django writes for whoever asks.

What it is for, and what it promises: `conduct.queries.prepared`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from . import days, once

# No key of a record is below nought, and no code of a country or call begins so. Within what a key of
# four bytes holds: beyond it Django knows that there is none.
_KEY, _WORD = -1_870_000_000, "\ue000"
_APART = 10_000
_MARK = re.compile(rf"187\d{{7}}|{_WORD}")
# What a parameter may be; of anything else nobody knows what is in it.
_PLAIN = (type(None), bool, int, float, Decimal, str, date, timedelta, UUID)
_LIST = re.compile(r"IN \((%s(?:, %s)*)\)")

logger = logging.getLogger(__name__)
Build = Callable[..., QuerySet[Any]]


class CannotBePrepared(Exception):
    """What is asked depends on more than a stand-in can stand for."""


@dataclass(frozen=True)
class SqlStatement:
    """SQL with its parameters; empty where the read is known to find nothing."""

    sql: str = ""
    params: tuple[Any, ...] = ()


def written(read: QuerySet[Any]) -> SqlStatement:
    """The statement of a read as it is."""
    try:
        sql, params = read.query.sql_with_params()
    except EmptyResultSet:
        return SqlStatement()
    return SqlStatement(sql, tuple(params))


@dataclass(frozen=True)
class Marks:
    """What stands in for a reader and for values, and what each mark means.

    `keys` are those of what is the reader's by the name of the read; None where nothing is read once.
    """

    roles: frozenset[tuple[str, str]]
    values: list[int | str]
    keys: Mapping[str, list[int]] | None
    shape: Hashable
    meaning: Mapping[Any, Any]

    @classmethod
    def of(
        cls, reader: Any, values: Sequence[int | str], found: Mapping[str, Sequence[Any]] | None
    ) -> Marks:
        held = reader.held_roles if reader is not None else ()
        named = sorted({country for _role, country in held} - {""})
        countries = {country: f"{_WORD}{place}" for place, country in enumerate(named)}
        roles = frozenset((role, countries.get(country, "")) for role, country in held)
        meaning: dict[Any, Any] = {_KEY: reader.pk} if reader is not None else {}
        meaning |= {mark: country for country, mark in countries.items()}
        given: list[int | str] = [
            f"{_WORD}:{place}" if isinstance(value, str) else _KEY - 100 * _APART - place
            for place, value in enumerate(values)
        ]
        meaning |= dict(zip(given, values, strict=True))
        keys = None
        if found is not None:
            keys = {
                name: [_KEY - _APART * place - each for each in range(len(found[name]))]
                for place, name in enumerate(sorted(found), start=1)
            }
            for name, marks in keys.items():
                meaning |= dict(zip(marks, found[name], strict=True))
        shape = (
            tuple(sorted(roles)),
            tuple(isinstance(value, str) for value in values),
            None if keys is None else tuple((name, len(marks)) for name, marks in keys.items()),
        )
        return cls(roles, given, keys, shape, meaning)

    def reader(self) -> Any:
        """A record that was read with nothing but its key, so that looking at more of it is a query."""
        somebody: Any = get_user_model().from_db(None, ["id"], [_KEY])
        somebody.__dict__["held_roles"] = self.roles
        return somebody


def proven(
    name: Hashable, build: Build, reader: Any, values: Sequence[int | str], marks: Marks
) -> SqlStatement | None:
    """The statement for a stand-in at the first of the instants; None where it is not proven."""
    try:
        found = _for_stand_in(build, marks)
    except Exception:
        # Whatever it is: if it is no matter of the stand-in, the read itself tells whoever asks.
        return None
    now = days.now()
    with days.standing_at(now):
        real = written(build(reader, *values))
    if _in_order(moved(found, now, marks.meaning)) != _in_order(real):
        logger.warning("Written each time, since a stand-in is told something else: %s", name)
        return None
    return found


def _for_stand_in(build: Build, marks: Marks) -> SqlStatement:
    found, is_timed = _at(days.NEVER[0], build, marks)
    if _MARK.search(found.sql):
        raise CannotBePrepared("a mark is in the text")
    for param in found.params:
        _check(param, marks.meaning, is_timed=is_timed)
    for instant in days.NEVER[1:] if is_timed else ():
        if _at(instant, build, marks)[0] != moved(found, instant, {}):
            raise CannotBePrepared("not all of it moves with the instant")
    return found


def _at(instant: datetime, build: Build, marks: Marks) -> tuple[SqlStatement, bool]:
    """The statement for a stand-in at an instant, and whether it looked at the clock."""
    own = marks.keys
    keys = (
        once.nothing_known()
        if own is None
        else once.known({(name, _KEY): list(own[name]) for name in own})
    )
    with connection.execute_wrapper(_no_query), days.standing_at(instant) as clock, keys:
        found = written(build(marks.reader(), *marks.values))
    return found, clock.is_asked


def moved(one: SqlStatement, now: datetime, meaning: Mapping[Any, Any]) -> SqlStatement:
    """A statement of the first of the instants that never come, at another, with what its marks mean."""
    first = days.NEVER[0]

    def told(param: Any) -> Any:
        if isinstance(param, (list, tuple)):
            return type(param)(map(told, param))
        if isinstance(param, datetime):
            return now + (param - first)
        if isinstance(param, date):
            return days.day_of(now) + (param - days.day_of(first))
        return meaning.get(param, param) if isinstance(param, (int, str)) else param

    return SqlStatement(one.sql, tuple(map(told, one.params)))


def _check(param: Any, meaning: Mapping[Any, Any], *, is_timed: bool) -> None:
    """Raises CannotBePrepared for what may hide a mark, and for a day or instant of another clock."""
    if type(param) in (list, tuple):
        for one in param:
            _check(one, meaning, is_timed=is_timed)
    elif not isinstance(param, _PLAIN):
        raise CannotBePrepared(f"{type(param)} is not known")
    elif isinstance(param, str):
        # A mark within a text, as a search has it, is not found by its value.
        if _MARK.search(param) and param not in meaning:
            raise CannotBePrepared("a mark within a text")
    elif isinstance(param, date) and not is_timed:
        raise CannotBePrepared("an instant that is not of days.now")
    elif isinstance(param, datetime) and param.tzinfo is None:
        raise CannotBePrepared("an instant without a zone")


def _in_order(one: SqlStatement) -> SqlStatement:
    """The same with each list of values (`IN`) in order: countries are a set, in any order."""
    params = list(one.params)
    for found in _LIST.finditer(one.sql):
        first = one.sql.count("%s", 0, found.start())
        last = first + found[1].count("%s")
        params[first:last] = sorted(params[first:last], key=str)
    return SqlStatement(one.sql, tuple(params))


def _no_query(execute: Any, sql: str, *rest: Any) -> Any:
    # Which kinds of records there are is the same for everybody, and read once by each process.
    if ContentType._meta.db_table in sql:
        return execute(sql, *rest)
    raise CannotBePrepared(sql)
