"""What the voucher buys: plan, milestones, deliverables, report."""

from .deliverables import Deliverable, deliverable_path
from .plans import Milestone, Plan
from .reports import FinalReport

__all__ = [
    "Deliverable",
    "FinalReport",
    "Milestone",
    "Plan",
    "deliverable_path",
]
