"""What the voucher buys: needs assessment, plan, milestones, deliverables, report."""

from .deliverables import Deliverable, deliverable_path
from .needs import NeedsAssessment
from .plans import Milestone, Plan
from .reports import FinalReport

__all__ = [
    "Deliverable",
    "FinalReport",
    "Milestone",
    "NeedsAssessment",
    "Plan",
    "deliverable_path",
]
