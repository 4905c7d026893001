"""Forms that several rooms share: the names that they use."""

from .days import DayInput, EndField, EndInput, InstantField, clock_of
from .reasons import ReasonForm
from .rows import ADD_ROW, RowFormSet, saves_rows, typed_rows
from .seen import SEEN, carry_seen

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
    "clock_of",
    "saves_rows",
    "typed_rows",
]
