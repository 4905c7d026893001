"""What can be done to several rows of a list at once: each room registers its own, in its together.py.

Nothing that approves, signs or pays: each of those needs somebody who has looked at it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from rules.predicates import Predicate

from accounts.models import User
from conduct.actions import OutOfOrder
from lists.views import ListPage


@dataclass(frozen=True)
class Press:
    """What is the same for every row: who presses, the words that were asked for, which press it is."""

    by: User
    words: str
    key: UUID


@dataclass(frozen=True)
class BulkAction:
    """One thing that is done to several rows.

    `act` calls the action that does it to one, which locks, judges and writes as ever; it returns False
    where nothing had to be done, and raises Refused. `skips` says beforehand, in a constant number of
    queries, which records it would be refused for, and why. `asks` is the label of the words that it
    needs ("" for none), with `hint` below them.
    """

    slug: str
    # On its button, and what is said of it before the press.
    label: Promise
    says: Promise
    may: Predicate
    act: Callable[[Any, Press], object]
    skips: Callable[[User, Sequence[Any]], Mapping[Any, str]]
    asks: Promise | str = ""
    hint: Promise | str = ""
    longest: int = 2000


@dataclass(frozen=True)
class BulkList:
    """A list on which actions are offered: its page, the name of its address, and which rows one reaches.

    `page` is the dotted name of its class, imported once somebody asks. `url_of` leads to a row.
    """

    slug: str
    page: str
    url_name: str
    records: Callable[[User], QuerySet[Any]]
    actions: tuple[BulkAction, ...]
    label_of: Callable[[Any], str] = str
    url_of: Callable[[Any], str] = lambda record: str(record.get_absolute_url())

    def at(self, request: HttpRequest) -> ListPage:
        """The list as the address of the request narrows it."""
        page: ListPage = import_string(self.page)(request)
        return page

    @property
    def address(self) -> str:
        return reverse(self.url_name)

    def offered_to(self, user: User) -> list[BulkAction]:
        """Those that the person may do at all; what reads and does not act is offered none."""
        return [one for one in self.actions if one.may.test(user)]

    def action(self, slug: str) -> BulkAction | None:
        return next((one for one in self.actions if one.slug == slug), None)


class NotOffered(OutOfOrder):
    """No room offers this action on this list, or none does any more."""


_LISTS: dict[str, BulkList] = {}


def register_list(among: BulkList) -> None:
    """Offer actions on a list. Raises ValueError for a slug that is taken."""
    if among.slug in _LISTS and _LISTS[among.slug] != among:
        raise ValueError(f"{among.slug} is registered already")
    _LISTS[among.slug] = among


def list_called(slug: str) -> BulkList | None:
    """The list with this slug; None where nothing is offered on it (any more)."""
    return _LISTS.get(slug)


def list_and_action(of: str, slug: str) -> tuple[BulkList, BulkAction]:
    """The list and the action that are called so. Raises NotOffered."""
    among = list_called(of)
    chosen = among.action(slug) if among else None
    if among is None or chosen is None:
        raise NotOffered(_("This is not offered any more."))
    return among, chosen


def every_list() -> list[BulkList]:
    """All lists on which something is offered."""
    return list(_LISTS.values())
