"""What the cluster reports in the end; what comes before it is in the sub-rooms."""

from .reports import FinalReport

__all__ = [
    "FinalReport",
]
