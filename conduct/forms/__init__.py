"""Forms that several rooms share: the names that they use."""

from .days import DayInput, EndField, EndInput
from .reasons import ReasonForm
from .rows import ADD_ROW, RowFormSet, saves_rows, typed_rows

__all__ = [
    "ADD_ROW",
    "DayInput",
    "EndField",
    "EndInput",
    "ReasonForm",
    "RowFormSet",
    "saves_rows",
    "typed_rows",
]
