"""Reads whose statement is written once, and asked again for other people, days and instants.

Django takes milliseconds to build and to write down what PostgreSQL answers in tenths of one: a desk
that counts sixty kinds of work spent nearly all of its time so. What a read says depends on who asks,
but hardly its statement: people of the same roles, with as many countries and as many keys of what is
theirs or shut to them (`conduct.queries.once`), are asked the same with other values.

So a read is written for a stand-in: somebody of the same roles whose key, countries and keys are marks
that no record has, at an instant that never comes. For whoever asks, marks are replaced by their values
and instants moved to the present.

**The promise: the statement is the one that Django writes for whoever asks.** That is proven before one
is kept (`stand_ins.proven`), and what is not proven is written each time, as if this module were not:

- whoever comes first is compared with what Django writes for them, letter by letter;
- a read that looks at the clock is written for several instants, each of which must give the others;
- of the reader it may look at nothing but key, roles and what is read once, and at no row of anything;
- parameters are of plain types, and a mark is a whole parameter, never a part of one.

What is left to the author of a read: to look at nothing that is no argument (another clock than
`conduct.queries.days.now`, caches), and not to ask which key or day it is, to write something else then.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import Any

from django.core.signals import setting_changed
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from . import days, once
from .stand_ins import Build, Marks, SqlStatement, moved, proven, written

__all__ = ["SqlStatement", "forget", "keys_of", "name_of", "statement", "written"]

# Far more than there are reads and sorts of readers; should it be wrong, they are written anew.
_MOST = 5_000
# By what is asked and for whom; None for what is written each time.
_WRITTEN: dict[Hashable, SqlStatement | None] = {}


def statement(
    name: Hashable, build: Build, reader: Any, values: Sequence[int | str] = ()
) -> SqlStatement:
    """The statement of `build(reader, *values)`.

    `name` says what is asked: what has the same name is the same read, but for reader and values. Where
    nobody reads, the reader is None.
    """
    marks = Marks.of(reader, values, keys_of(reader))
    key = (name, marks.shape, get_language(), get_current_timezone_name())
    try:
        found = _WRITTEN[key]
    except KeyError:
        found = proven(name, build, reader, values, marks)
        if len(_WRITTEN) >= _MOST:
            forget()
        _WRITTEN[key] = found
    if found is None:
        return written(build(reader, *values))
    return moved(found, days.now(), marks.meaning)


def name_of(build: Any) -> Hashable:
    """By what a function is known that may be made anew each time: its code, which encloses nothing.

    Raises TypeError for one that encloses values, or has them for arguments that are left out: they
    would be those of whoever came first.
    """
    if isinstance(build, partial):
        return (name_of(build.func), build.args, tuple(sorted(build.keywords.items())))
    inner = getattr(build, "__wrapped__", build)
    if inner.__closure__ or inner.__defaults__ or inner.__kwdefaults__:
        raise TypeError(f"{inner.__qualname__} encloses values: take them as arguments")
    return inner.__code__


def forget(**_signal: Any) -> None:
    """Write every statement anew: after tables, kinds of records or settings have changed."""
    _WRITTEN.clear()


post_migrate.connect(forget, dispatch_uid="statements are written anew")
setting_changed.connect(forget, dispatch_uid="statements are written anew")


def keys_of(reader: Any) -> Mapping[str, list[Any]] | None:
    """Everything of the person that is read once, by the name of the read; None outside of
    `once.reading_once`, and nothing where nobody reads. One query, the first time.
    """
    found = once.found_so_far()
    if found is None or reader is None:
        return None if found is None else {}
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
