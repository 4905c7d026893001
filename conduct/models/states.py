"""States as one table of transitions: enforced by the database, opened by a gate, drawn in docs."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self, TypeVar

import pgtrigger
from django.db import models

Record = TypeVar("Record", bound=models.Model)


class Tone(StrEnum):
    """How a state looks: somebody must act, it went well, it ended badly, or nothing of these."""

    WAITING = "waiting"
    GOOD = "good"
    BAD = "bad"
    QUIET = "quiet"


class States(models.TextChoices):
    """The states of a record: value, tone, and the words in which pages name it.

    A state without a tone is no state: Python refuses the class.
    """

    tone: Tone

    # Called with a value alone, the class finds the state that has it: Python does not come here.
    def __new__(cls, value: str, tone: Tone | None = None) -> Self:
        if tone is None:
            raise TypeError(f"The state {value} has no tone.")
        state = str.__new__(cls, value)
        state._value_, state.tone = value, Tone(tone)
        return state


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
    """Class decorator: install the triggers of the model's `FLOW` on its table.

    A row begins in the default state, whoever inserts it, and takes no step that is not in the table.
    """
    flow: Flow = model.FLOW  # type: ignore[attr-defined]
    return pgtrigger.register(flow.trigger(), begins_at(_first_state(model)))(model)


def begins_at(state: str) -> pgtrigger.Trigger:
    """The database trigger that refuses a new row in any other state than `state`."""
    return pgtrigger.Trigger(
        name="begins_at_the_beginning",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=~pgtrigger.Q(new__state=state),
        func=f"RAISE EXCEPTION 'What is new is “{state}”, not “%”.', NEW.state"
        " USING ERRCODE = 'check_violation';",
    )


def _first_state(model: type[models.Model]) -> str:
    state: models.Field = model._meta.get_field("state")  # type: ignore[assignment]
    return str(state.get_default())
