"""What the voucher buys: deliverables and report (needs are in `needs`, the plan is in `plans`)."""

from .deliverables import Deliverable, deliverable_path
from .reports import FinalReport

__all__ = [
    "Deliverable",
    "FinalReport",
    "deliverable_path",
]
