"""The decision and what follows: selection, feedback, award, reserve list, appeal."""

from .appeals import LONGEST_APPEAL, Appeal, AppealMessage
from .ceilings import CeilingOverride
from .countersignatures import CounterSignature
from .extensions import AwardExtension
from .feedback import Comment, Feedback
from .offers import Award
from .reserve import ReservePlace
from .selection import Decision, DecisionScore, Outcome, SelectionRound
from .signatures import AgreementSignature
from .successions import Succession
from .vouchers import Voucher

__all__ = [
    "LONGEST_APPEAL",
    "AgreementSignature",
    "Appeal",
    "AppealMessage",
    "Award",
    "AwardExtension",
    "CeilingOverride",
    "Comment",
    "CounterSignature",
    "Decision",
    "DecisionScore",
    "Feedback",
    "Outcome",
    "ReservePlace",
    "SelectionRound",
    "Succession",
    "Voucher",
]
