"""Forms that several rooms share: the names that they use."""

from .days import DayInput, EndField, EndInput, InstantField, clock_of
from .reasons import ReasonForm
from .rows import ADD_ROW, RowFormSet, saves_rows, typed_rows
from .seen import SEEN, carry_seen, change_was_told, mark_on

__all__ = [
    "ADD_ROW",
    "SEEN",
    "DayInput",
    "EndField",
    "EndInput",
    "InstantField",
    "ReasonForm",
    "RowFormSet",
    "carry_seen",
    "change_was_told",
    "clock_of",
    "mark_on",
    "saves_rows",
    "typed_rows",
]
