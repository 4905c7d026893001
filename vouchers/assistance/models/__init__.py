"""What the voucher buys: needs assessment, plan, provider, milestones, deliverables, report."""

from .deliverables import Deliverable, deliverable_path
from .needs import NeedsAssessment
from .plans import Milestone, Plan
from .providers import Provider
from .reports import FinalReport

__all__ = [
    "Deliverable",
    "FinalReport",
    "Milestone",
    "NeedsAssessment",
    "Plan",
    "Provider",
    "deliverable_path",
]
