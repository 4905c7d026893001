"""What many reads of one page ask in the same way, read once: such as what is shut to a person.

A read says what somebody may see by conditions with subqueries in them. Of a page of dozens of such
reads each is compiled by Django and planned by PostgreSQL, subqueries and all. Around what only reads
(`reading_once`), the conditions hold the keys themselves: few, and found once.

Outside of it they hold the subqueries, as fresh as their statement: so whatever writes is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.db.models import QuerySet

Keys = QuerySet[Any] | list[Any]
# By the name of the read and the key of the person.
Found = dict[tuple[str, Any], Any]

_FOUND: ContextVar[Found | None] = ContextVar("found_once", default=None)
# Every read that is declared so, by its name.
READS: dict[str, Callable[[Any], QuerySet[Any]]] = {}


@contextmanager
def reading_once() -> Iterator[None]:
    """What is read once holds to the end of the block: for what a page shows, never for a write."""
    with known({}):
        yield


@contextmanager
def known(found: Found) -> Iterator[None]:
    """The same, where some of it is found already."""
    token = _FOUND.set(found)
    try:
        yield
    finally:
        _FOUND.reset(token)


def found_so_far() -> Found | None:
    """What was read since `reading_once` began; None outside of it."""
    return _FOUND.get()


def read_once(read: Callable[[Any], QuerySet[Any]]) -> Callable[[Any], Keys]:
    """Declare a read of a person's keys (one column, `values_list(…, flat=True)`), for `…__in`.

    It gives a list within `reading_once`, and the read itself elsewhere.
    """
    name = f"{read.__module__}.{read.__qualname__}"
    READS[name] = read

    @wraps(read)
    def keys(person: Any) -> Keys:
        found = _FOUND.get()
        if found is None:
            return read(person)
        if (name, person.pk) not in found:
            found[name, person.pk] = list(read(person))
        return found[name, person.pk]

    return keys


def remembered(name: str, find: Callable[[], Any]) -> Any:
    """What `find` gives, which parts of one page ask for: looked up once within `reading_once`."""
    found = _FOUND.get()
    if found is None:
        return find()
    if (name, None) not in found:
        found[name, None] = find()
    return found[name, None]


def is_nothing(keys: Keys) -> bool:
    """Whether it is known that there are none, so that a condition can be left away."""
    return isinstance(keys, list) and not keys


@contextmanager
def nothing_known() -> Iterator[None]:
    """As outside of `reading_once`: for what finds the keys themselves."""
    token = _FOUND.set(None)
    try:
        yield
    finally:
        _FOUND.reset(token)
