"""Every write about technical assistance, up to the acceptance of what was delivered."""

from .deliverables import (
    accept_deliverable,
    accept_deliverable_for_cluster,
    hand_in_deliverable,
    return_deliverable,
)

__all__ = [
    "accept_deliverable",
    "accept_deliverable_for_cluster",
    "hand_in_deliverable",
    "return_deliverable",
]
