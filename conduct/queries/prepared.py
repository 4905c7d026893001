"""Reads whose statement is written once, and asked again for other people, days and instants.

Django takes milliseconds to build and to write down what PostgreSQL answers in tenths of one: a desk
that counts sixty kinds of work spent nearly all of its time so. What a read says depends on who asks,
but hardly its statement: people of the same roles, with as many countries and as many keys of what is
theirs or shut to them (`conduct.queries.once`), are asked the same with other values.

So a read is written for a stand-in: somebody of the same roles whose key, countries and keys are marks
that no record has, on a day that never comes. Of the parameters marks are then replaced by values. What
cannot be written so is written each time, as ever, without being declared: what queries while it is
built, looks at more of the reader than key and roles, or takes the instant from elsewhere than
`conduct.queries.days.now`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import EmptyResultSet
from django.core.signals import setting_changed
from django.db import connection
from django.db.models import QuerySet
from django.db.models.signals import post_migrate
from django.utils.translation import get_language

from . import days, once

# No key of a record is below nought, and no code of a country or call begins so. Within what a key of
# four bytes holds: beyond it Django knows that there is none.
_KEY, _WORD = -1_870_000_000, "\ue000"
_APART = 10_000
_MARK = re.compile(rf"187\d{{7}}|{_WORD}")
# Far more than there are reads and sorts of readers; should it be wrong, they are written anew.
_MOST = 5_000

Build = Callable[..., QuerySet[Any]]


class CannotBePrepared(Exception):
    """What is asked depends on more than a stand-in can stand for."""


@dataclass(frozen=True)
class Statement:
    """SQL with its parameters; empty where the read is known to find nothing."""

    sql: str = ""
    params: tuple[Any, ...] = ()


# By what is asked and for whom; None for what is written each time.
_WRITTEN: dict[Hashable, Statement | None] = {}


def statement(
    name: Hashable, build: Build, reader: Any, values: Sequence[int | str] = ()
) -> Statement:
    """The statement of `build(reader, *values)`.

    `name` says what is asked: what has the same name is the same read, but for reader and values. Where
    nobody reads, the reader is None.
    """
    marks = _Marks.of(reader, values)
    key = (name, marks.shape, get_language())
    if key not in _WRITTEN:
        if len(_WRITTEN) >= _MOST:
            forget()
        _WRITTEN[key] = _prepared(build, marks)
    found = _WRITTEN[key]
    if found is None:
        return written(build(reader, *values))
    return Statement(found.sql, _filled(found.params, marks.meaning))


def written(read: QuerySet[Any]) -> Statement:
    """The statement of a read as it is."""
    try:
        sql, params = read.query.sql_with_params()
    except EmptyResultSet:
        return Statement()
    return Statement(sql, tuple(params))


def name_of(build: Any) -> Hashable:
    """By what a function is known that may be made anew each time: its code, which encloses nothing.

    Raises TypeError for one that encloses values: they would be those of whoever came first.
    """
    if isinstance(build, partial):
        return (name_of(build.func), build.args, tuple(sorted(build.keywords.items())))
    inner = getattr(build, "__wrapped__", build)
    if inner.__closure__:
        raise TypeError(f"{inner.__qualname__} encloses values: take them as arguments")
    return inner.__code__


def forget(**_signal: Any) -> None:
    """Write every statement anew: after tables, kinds of records or settings have changed."""
    _WRITTEN.clear()


post_migrate.connect(forget, dispatch_uid="statements are written anew")
setting_changed.connect(forget, dispatch_uid="statements are written anew")


@dataclass(frozen=True)
class _Marks:
    """What stands in for a reader and for values, and what each mark means.

    `keys` are those of what is the reader's by the name of the read; None where nothing is read once.
    """

    roles: frozenset[tuple[str, str]]
    values: list[int | str]
    keys: Mapping[str, list[int]] | None
    shape: Hashable
    meaning: Mapping[Any, Any]

    @classmethod
    def of(cls, reader: Any, values: Sequence[int | str]) -> _Marks:
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
        found = keys_of(reader) if reader is not None else None
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
            keys and tuple((name, len(marks)) for name, marks in keys.items()),
        )
        return cls(roles, given, keys, shape, meaning)

    def reader(self) -> Any:
        """A record that was read with nothing but its key, so that looking at more of it is a query."""
        somebody: Any = get_user_model().from_db(None, ["id"], [_KEY])
        somebody.__dict__["held_roles"] = self.roles
        return somebody


def keys_of(reader: Any) -> Mapping[str, list[Any]] | None:
    """Everything of the person that is read once, by the name of the read; None outside of
    `once.reading_once`. One query, the first time.
    """
    found = once.found_so_far()
    if found is None:
        return None
    missing = [name for name in sorted(once.READS) if (name, reader.pk) not in found]
    if missing:
        with once.nothing_known():
            asked = [statement(("keys", name), once.READS[name], reader) for name in missing]
        arrays = ", ".join(f"ARRAY({one.sql})" for one in asked)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {arrays}", [it for one in asked for it in one.params])
            rows = cursor.fetchone()
        found |= {(name, reader.pk): keys for name, keys in zip(missing, rows, strict=True)}
    return {name: found[name, reader.pk] for name in once.READS}


def _prepared(build: Build, marks: _Marks) -> Statement | None:
    """The statement with marks in its parameters; None where it cannot be written so."""
    own = marks.keys
    keys = (
        once.known({(name, _KEY): list(own[name]) for name in own})
        if own is not None
        else nullcontext()
    )
    try:
        with connection.execute_wrapper(_no_query), days.standing_still(), keys:
            found = written(build(marks.reader(), *marks.values))
        if _MARK.search(found.sql) or str(days.NEVER.year) in found.sql:
            raise CannotBePrepared("a mark is in the text")
        for one in found.params:
            _check(one)
    except (CannotBePrepared, days.StandsStill):
        return None
    return found


def _filled(params: tuple[Any, ...], meaning: Mapping[Any, Any]) -> tuple[Any, ...]:
    now = days.now()
    day = days.day_of(now)

    def told(param: Any) -> Any:
        if isinstance(param, (int, str)):
            return meaning.get(param, param)
        if isinstance(param, (list, tuple)):
            return type(param)(map(told, param))
        if isinstance(param, datetime):
            return now + (param - days.NEVER)
        if isinstance(param, date):
            return day + (param - days.day_of(days.NEVER))
        return param

    return tuple(map(told, params))


def _check(param: Any) -> None:
    """Raises CannotBePrepared for what hides a mark, and for a day or an instant that comes."""
    if isinstance(param, (list, tuple)):
        for one in param:
            _check(one)
    elif isinstance(param, date):
        if abs(param.year - days.NEVER.year) > 100:
            raise CannotBePrepared("an instant that is not of days.now")
    elif isinstance(param, str):
        # A mark within a text, as a search has it, is not found by its value.
        if _MARK.search(param, 1):
            raise CannotBePrepared("a mark within a text")
    elif hasattr(param, "__dict__") and _MARK.search(repr(vars(param))):
        raise CannotBePrepared("a mark within a value")


def _no_query(execute: Any, sql: str, *rest: Any) -> Any:
    # Which kinds of records there are is the same for everybody, and read once by each process.
    if ContentType._meta.db_table in sql:
        return execute(sql, *rest)
    raise CannotBePrepared(sql)
