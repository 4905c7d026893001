"""What is written of drafts: who is here, the rows that were typed, and remarks at their lines."""

from .presence import Presence, note_presence
from .remarks import RemarkInput, record_remarks
from .rows import MOST_ROWS, OvertakenPart, save_rows

__all__ = [
    "MOST_ROWS",
    "OvertakenPart",
    "Presence",
    "RemarkInput",
    "note_presence",
    "record_remarks",
    "save_rows",
]
