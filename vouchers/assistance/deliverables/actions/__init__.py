"""Every write about what is handed in."""

from .handing_in import Answered, hand_in_deliverable
from .judging import (
    accept_deliverable,
    accept_deliverable_for_cluster,
    drop_point,
    note_point,
    return_deliverable,
)

__all__ = [
    "Answered",
    "accept_deliverable",
    "accept_deliverable_for_cluster",
    "drop_point",
    "hand_in_deliverable",
    "note_point",
    "return_deliverable",
]
