"""What the voucher buys: needs assessment, plan, provider, milestones, deliverables, report."""

from .deliverables import Deliverable, deliverable_path
from .needs import NeedsAssessment
from .plans import Milestone, Plan
from .providers import Provider, ProviderAccount
from .reports import FinalReport

__all__ = [
    "Deliverable",
    "FinalReport",
    "Milestone",
    "NeedsAssessment",
    "Plan",
    "Provider",
    "ProviderAccount",
    "deliverable_path",
]
