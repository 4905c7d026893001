"""The control of claims line by line, its checklists, approvals, and the policy of separations."""

from .approvals import ClaimApproval
from .checklists import ControlChecklist
from .controls import Control, ControlledLine
from .policies import SeparationPolicy
from .sent_back import RemarkOnLine, SentBack

__all__ = [
    "ClaimApproval",
    "Control",
    "ControlChecklist",
    "ControlledLine",
    "RemarkOnLine",
    "SentBack",
    "SeparationPolicy",
]
