"""States as one table of transitions: enforced by the database, opened by a gate, drawn in docs."""

from collections.abc import Iterable
from typing import TypeVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext as _

from .acting import OutOfOrder

Record = TypeVar("Record", bound=models.Model)


class Flow:
    """The transitions that a model's `state` may make.

    `steps` maps a state to the states that may follow it. A database trigger refuses every other
    change, so no code path can skip a stage.
    """

    def __init__(self, steps: dict[str, Iterable[str]]) -> None:
        self.transitions = [
            (str(source), str(target)) for source, targets in steps.items() for target in targets
        ]

    def allows(self, source: str, target: str) -> bool:
        """Whether a record in `source` may move to `target`."""
        return (str(source), str(target)) in self.transitions

    def ends_in(self, state: str) -> bool:
        """Whether nothing follows `state`."""
        return all(source != str(state) for source, _target in self.transitions)

    def trigger(self) -> pgtrigger.FSM:
        """The database trigger that refuses any transition outside the table."""
        return pgtrigger.FSM(name="state_flow", field="state", transitions=self.transitions)


def follows_its_flow(model: type[Record]) -> type[Record]:
    """Class decorator: install the trigger of the model's `FLOW` on its table."""
    return pgtrigger.register(model.FLOW.trigger())(model)  # type: ignore[attr-defined]


def locked(record: Record) -> Record:
    """The same record, read again under a row lock that lasts until the transaction ends."""
    return type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)


def require_state(record: models.Model, *states: str) -> None:
    """Raise OutOfOrder unless the record stands in one of `states`."""
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
