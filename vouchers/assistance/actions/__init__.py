"""Every write about technical assistance, up to the acceptance of what was delivered."""

from .deliverables import (
    accept_deliverable,
    accept_deliverable_for_cluster,
    hand_in_deliverable,
    return_deliverable,
)
from .plans import (
    MilestoneInput,
    approve_plan,
    problems_of_plan,
    return_plan,
    save_plan,
    submit_plan,
)
from .reports import problems_of_report, return_report, save_report, submit_report

__all__ = [
    "MilestoneInput",
    "accept_deliverable",
    "accept_deliverable_for_cluster",
    "approve_plan",
    "hand_in_deliverable",
    "problems_of_plan",
    "problems_of_report",
    "return_deliverable",
    "return_plan",
    "return_report",
    "save_plan",
    "save_report",
    "submit_plan",
    "submit_report",
]
