"""As which files every list can be taken out. Rooms above add kinds that this one cannot write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponseBase

if TYPE_CHECKING:
    from .views import ListPage


@dataclass(frozen=True)
class ListFile:
    """A kind of file: the ending that addresses name, the words of its link, and who answers it.

    `limit` is how many rows it holds at most, which stands beside the link; None where all go in.
    One that is dear to make is not `for_visitors`, to whom it is not offered.
    """

    ending: str
    label: object
    answer: Callable[[ListPage], HttpResponseBase]
    limit: Callable[[ListPage], int] | None = None
    for_visitors: bool = True

    def is_offered(self, page: ListPage) -> bool:
        """Whether who asks may take the list out as this file."""
        return self.for_visitors or page.request.user.is_authenticated


@dataclass(frozen=True)
class OfferedFile:
    """A kind of file as the page of a list offers it."""

    ending: str
    label: object
    limit: int | None


_KINDS: dict[str, ListFile] = {}


def register_file(kind: ListFile) -> None:
    """Offer every list as this kind of file, in the order in which kinds are registered."""
    _KINDS[kind.ending] = kind


def files_of(page: ListPage) -> list[OfferedFile]:
    """The files as which a list can be taken out, in the order in which it offers them."""
    if not page.columns:
        return []
    return [
        OfferedFile(kind.ending, kind.label, kind.limit(page) if kind.limit else None)
        for kind in _KINDS.values()
        if kind.is_offered(page)
    ]


def file_called(ending: str) -> ListFile | None:
    """The kind with this ending; None where there is none."""
    return _KINDS.get(ending)
