"""The decorator of every write: one transaction, and what history keeps of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pghistory
from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conduct.actions.refusals import Refused, want_of_space_told
from conduct.actions.undoing import undone_on_failure
from inputs.rules.folding import folded

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_labels: dict[str, str | Promise] = {}
_conducting: ContextVar[bool] = ContextVar("conducting", default=False)


def action(
    label: str | Promise,
) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Decorate a write: one transaction, whose changes carry who did what, and why.

    `label` says in a timeline what was done: "Claim approved". The keyword arguments `by` (a User,
    the personal link of somebody without an account, or None for the system) and `reason` (text),
    where the function has them, are kept with each history event that it causes. An action called by
    another is part of it: history names the outer one. Raises NoSpace where there is no room for what
    it writes.
    """

    def decorate(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        _labels[function.__name__] = label

        @wraps(function)
        def conducted(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
            if _conducting.get():
                with want_of_space_told(), transaction.atomic(), undone_on_failure():
                    return function(*args, **kwargs)
            token = _conducting.set(True)
            _ask_anew(kwargs.get("by"))
            try:
                with (
                    want_of_space_told(),
                    pghistory.context(**_told(function, kwargs)),
                    transaction.atomic(),
                    undone_on_failure(),
                ):
                    return function(*args, **kwargs)
            finally:
                _conducting.reset(token)

        return conducted

    return decorate


def _ask_anew(person: Any) -> None:
    """Let what the person may be read again, under the locks: a role may be gone meanwhile."""
    forget = getattr(person, "forget_roles", None)
    if forget is not None:
        forget()
    # Whom they act for too, where a page read it ahead.
    getattr(person, "_prefetched_objects_cache", {}).clear()


def action_label(name: str) -> str:
    """What the action called `name` is called in a timeline; empty for one that is not known."""
    return str(_labels.get(name, ""))


def actions_called(text: str) -> list[str]:
    """The actions whose label, in the active language, has every word of `text` in it."""
    words = folded(text).split()
    labels = {name: folded(str(label)) for name, label in _labels.items()}
    return [name for name, label in labels.items() if all(word in label for word in words)]


def _told(function: Callable[..., Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """What history keeps of a call: which action, when (UTC), by whom and why."""
    told: dict[str, Any] = {
        "action": function.__name__,
        "at": timezone.now().isoformat(),
        # In any case: a request that conducts two actions must not tell the first one's for both.
        "reason": str(arguments.get("reason") or ""),
    }
    person = arguments.get("by")
    if isinstance(person, get_user_model()):
        told["user"] = person.pk
    elif person is not None:
        # A link is no user: history names the row, which says for whom it was.
        told["link"] = [person._meta.label_lower, person.pk]
    return told


@contextmanager
def constraints_of(*tables: type[models.Model]) -> Iterator[None]:
    """Turn a database constraint that the enclosed write breaks into Refused, in its own words.

    The constraint is what holds when two people press at the same instant; its
    `violation_error_message` is what the second one reads. What a trigger refuses under a name
    is in the model's `ENFORCED`. No sentence ever shows the name of a constraint.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        for table in tables:
            sentence = _sentences_of(table).get(broken)
            if sentence is not None:
                raise Refused(sentence) from error
        raise


def _sentences_of(table: type[models.Model]) -> dict[str | None, str | Promise]:
    """What is told where a constraint of the table, or a trigger under a name, refuses."""
    told: dict[str | None, str | Promise] = dict(getattr(table, "ENFORCED", {}))
    for constraint in table._meta.constraints:
        own = constraint.violation_error_message
        if own is None or own == constraint.default_violation_error_message:
            own = _("This does not fit together: nothing is saved.")
        told[constraint.name] = own
    return told
