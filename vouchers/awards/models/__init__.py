"""The decision and what follows: selection, feedback, award, reserve list, appeal, dossier."""

from .appeals import LONGEST_APPEAL, Appeal, AppealMessage
from .dossiers import Dossier
from .feedback import Comment, Feedback
from .offers import Award, Voucher
from .reserve import ReservePlace
from .selection import Decision, DecisionScore, Outcome, SelectionRound

__all__ = [
    "LONGEST_APPEAL",
    "Appeal",
    "AppealMessage",
    "Award",
    "Comment",
    "Decision",
    "DecisionScore",
    "Dossier",
    "Feedback",
    "Outcome",
    "ReservePlace",
    "SelectionRound",
    "Voucher",
]
