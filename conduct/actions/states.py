"""Locking a record, judging it as it is then, and moving it to its next state."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, TypeVar

from django.db import OperationalError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rules.predicates import Predicate

from .refusals import Gone, OutOfOrder, require

Record = TypeVar("Record", bound=models.Model)
# What PostgreSQL answers to NOWAIT (class 55 of its error codes).
_LOCK_NOT_AVAILABLE = "55P03"


def locked(record: Record, *, or_else: str | Promise | None = None) -> Record:
    """The same record, read again under a row lock that lasts until the transaction ends.

    What the record's model names in `LOCKED_AFTER` (relations whose key never changes) is locked
    before it and hangs on it, fresh: a claim comes with its voucher. So whoever writes locks in
    one order, and judges on rows that nobody can change meanwhile. Work on what is returned;
    the object handed in still says what it said. Raises Gone where the record is. Where `or_else` is
    given, nobody waits for the row: while another holds it, OutOfOrder is raised with this sentence.
    """
    above = {
        name: locked(found)
        for name in getattr(record, "LOCKED_AFTER", ())
        # Of a record that belongs to one of several, the others are empty.
        if (found := getattr(record, name)) is not None
    }
    # Rows that point at this one may still be written; they change nothing that is judged here,
    # and who holds them must not wait for us while we wait for them.
    rows = type(record)._default_manager.select_for_update(
        of=("self",), no_key=True, nowait=or_else is not None
    )
    with _unless_held(or_else):
        fresh = rows.filter(pk=record.pk).first()
    if fresh is None:
        raise Gone(
            _("This cannot be done: the %(record)s is not there any more.")
            % {"record": record._meta.verbose_name}
        )
    for name, related in above.items():
        setattr(fresh, name, related)
    return fresh


def judged(
    record: Record,
    may: Predicate | None = None,
    *,
    by: Any = None,
    states: Iterable[str] = (),
    otherwise: str | Promise | None = None,
    or_else: str | Promise | None = None,
) -> Record:
    """Lock the record (see `locked`), then judge on the fresh row whether `by` may, and its state.

    Raises NotAllowed (with the sentence `otherwise`) unless the predicate `may` holds for `by` and
    the fresh record, OutOfOrder unless that is in one of `states`, where any are given. Returns
    the fresh record, locked until the transaction ends.
    """
    fresh = locked(record, or_else=or_else)
    if may is not None:
        require(may, by, fresh, otherwise=otherwise)
    if expected := list(states):
        require_state(fresh, *expected)
    return fresh


@contextmanager
def _unless_held(told: str | Promise | None) -> Iterator[None]:
    """Raise OutOfOrder with the sentence where another transaction holds the row that is asked for."""
    try:
        # A savepoint: what PostgreSQL refuses would end the whole transaction.
        with transaction.atomic() if told is not None else nullcontext():
            yield
    except OperationalError as error:
        if told is None or getattr(error.__cause__, "pgcode", "") != _LOCK_NOT_AVAILABLE:
            raise
        raise OutOfOrder(told) from error


def require_state(record: models.Model, *states: str) -> None:
    """Raise OutOfOrder unless the record is in one of `states`."""
    if record.state not in states:  # type: ignore[attr-defined]
        raise OutOfOrder(
            _("This cannot be done now: the %(record)s is “%(state)s”.")
            % {
                "record": record._meta.verbose_name,
                "state": record.get_state_display(),  # type: ignore[attr-defined]
            }
        )


def move(record: models.Model, target: str) -> None:
    """Set the record's state, without saving it; the record must be locked.

    Raises OutOfOrder when its flow has no such transition.
    """
    if not record.FLOW.allows(record.state, target):  # type: ignore[attr-defined]
        raise OutOfOrder(
            _("The %(record)s is “%(state)s” and cannot become “%(target)s”.")
            % {
                "record": record._meta.verbose_name,
                "state": record.get_state_display(),  # type: ignore[attr-defined]
                "target": type(record).State(target).label,  # type: ignore[attr-defined]
            }
        )
    record.state = target  # type: ignore[attr-defined]
