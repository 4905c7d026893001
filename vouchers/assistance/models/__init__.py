"""What the voucher buys: deliverables. Needs, plan, sessions and report have rooms of their own."""

from .deliverables import Deliverable, deliverable_path

__all__ = [
    "Deliverable",
    "deliverable_path",
]
