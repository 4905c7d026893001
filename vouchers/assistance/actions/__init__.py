"""Every write about technical assistance, up to the acceptance of what was delivered."""

from .deliverables import (
    accept_deliverable,
    accept_deliverable_for_cluster,
    hand_in_deliverable,
    return_deliverable,
)
from .reports import problems_of_report, return_report, save_report, submit_report

__all__ = [
    "accept_deliverable",
    "accept_deliverable_for_cluster",
    "hand_in_deliverable",
    "problems_of_report",
    "return_deliverable",
    "return_report",
    "save_report",
    "submit_report",
]
