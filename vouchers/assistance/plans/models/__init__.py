"""The technical-assistance plan in versions, and the milestones that last over them."""

from .drafts import DraftedPart, Part
from .milestones import Milestone
from .parts import (
    BudgetLine,
    PlanActivity,
    PlannedDeliverable,
    PlannedMilestone,
    PlannedResult,
    PlanObjective,
)
from .plans import Plan, PlanVersion
from .remarks import PlanRemark

__all__ = [
    "BudgetLine",
    "DraftedPart",
    "Milestone",
    "Part",
    "Plan",
    "PlanActivity",
    "PlanObjective",
    "PlanRemark",
    "PlanVersion",
    "PlannedDeliverable",
    "PlannedMilestone",
    "PlannedResult",
]
