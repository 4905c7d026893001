"""What a write does outside the database, undone when the write fails: files above all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

logger = logging.getLogger(__name__)

Undo = Callable[[], object]

_to_undo: ContextVar[list[Undo] | None] = ContextVar("to_undo", default=None)


def undo_on_failure(undo: Undo) -> None:
    """Let `undo` run when the action that is under way fails; outside any it never does."""
    known = _to_undo.get()
    if known is not None:
        known.append(undo)


@contextmanager
def undone_on_failure() -> Iterator[None]:
    """Undo what is done within when it fails, or when what encloses it does.

    Stands inside the transaction: what fails here is rolled back for certain. Of a commit that fails
    nobody knows whether it happened, and nothing is undone.
    """
    enclosing, mine = _to_undo.get(), list[Undo]()
    token = _to_undo.set(mine)
    try:
        yield
    except BaseException:
        for undo in reversed(mine):
            _try(undo)
        raise
    finally:
        _to_undo.reset(token)
    if enclosing is not None:
        enclosing.extend(mine)


def _try(undo: Undo) -> None:
    """What cannot be undone either hides no error."""
    try:
        undo()
    except Exception:
        logger.exception("What a failed write left behind stays")
