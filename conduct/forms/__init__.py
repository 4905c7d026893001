"""Forms that several rooms share: the names that they use."""

from .days import DayInput, EndField, EndInput, InstantField, clock_of
from .reasons import ReasonForm
from .rows import ADD_ROW, RowFormSet, saves_rows, typed_rows

__all__ = [
    "ADD_ROW",
    "DayInput",
    "EndField",
    "EndInput",
    "InstantField",
    "ReasonForm",
    "RowFormSet",
    "clock_of",
    "saves_rows",
    "typed_rows",
]
