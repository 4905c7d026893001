"""Why a write is refused, as sentences for whoever asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate

from .space import lacks_space, note_no_space


class Refused(Exception):
    """A write that a rule of the domain forbids. Nothing was changed.

    `message` is a translated sentence for the person who asked; the edge (a form, a page) shows it,
    beside the `field` that it is about, where it is about one.
    """

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(Refused):
    """The person may see the record but may not do this to it."""


class OutOfOrder(Refused):
    """The record is not in a state in which this can be done."""


class Outdated(OutOfOrder):
    """Something else stands than was read: who decides is told of it by this, and reads it first."""


class Gone(OutOfOrder):
    """The record is not there any more."""


class TooLate(Refused):
    """A deadline has passed."""


class NoSpace(Refused):
    """There is no room for it, on a disk or in the database; it may be there again in a while."""

    # The number of the error that it stands for, by which `lacks_space` knows it too.
    errno = ENOSPC

    def __init__(self, message: str | Promise | None = None, *, field: str | None = None) -> None:
        super().__init__(
            message
            or _(
                "The portal has no room left on its disk, so this was not saved. Those who run it "
                "are told. Keep this page open, and try again in a while."
            ),
            field=field,
        )


@contextmanager
def want_of_space_told() -> Iterator[None]:
    """Raise NoSpace in place of whatever error tells that the disk or the database is full."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        if not lacks_space(error):
            raise
        note_no_space(error)
        raise NoSpace from error


def require_words(text: str, otherwise: str | Promise, *, field: str | None = None) -> None:
    """Raise Refused with the sentence `otherwise` where a reason or remark says nothing.

    It shows beside the `field` that it is about, where it is about one.
    """
    if not text.strip():
        raise Refused(otherwise, field=field)


def require(
    predicate: Predicate,
    person: Any,
    target: Any = None,
    *,
    otherwise: str | Promise | None = None,
) -> None:
    """Raise NotAllowed with the sentence `otherwise` unless `predicate` holds for the person."""
    if not predicate.test(person, target):
        raise NotAllowed(otherwise or _("You are not allowed to do this."))
