"""What the lists of this room are narrowed to, and what its pages of figures are about."""

from .assistance import AllSessionFilters, MilestoneFilters
from .outbox import OutboxFilters, RewordForm
from .vouchers import VoucherFilters

__all__ = [
    "AllSessionFilters",
    "MilestoneFilters",
    "OutboxFilters",
    "RewordForm",
    "VoucherFilters",
]
