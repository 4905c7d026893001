"""The models of every room, gathered so that Django finds them under one app."""

from .applications.models import Answer, Application, Attachment, EligibilityCheck, Recusal
from .assistance.models import (
    Deliverable,
    FinalReport,
    Milestone,
    NeedsAssessment,
    Plan,
    Provider,
)
from .awards.models import Award, Decision, DecisionScore, SelectionRound, Voucher
from .calls.models import Call, CountryQuota, Criterion, Question
from .payments.models import Claim, ExchangeRate, LedgerEntry, PaymentOrder
from .scoring.models import Assessment, Assignment, Score

__all__ = [
    "Answer",
    "Application",
    "Assessment",
    "Assignment",
    "Attachment",
    "Award",
    "Call",
    "Claim",
    "CountryQuota",
    "Criterion",
    "Decision",
    "DecisionScore",
    "Deliverable",
    "EligibilityCheck",
    "ExchangeRate",
    "FinalReport",
    "LedgerEntry",
    "Milestone",
    "NeedsAssessment",
    "PaymentOrder",
    "Plan",
    "Provider",
    "Question",
    "Recusal",
    "Score",
    "SelectionRound",
    "Voucher",
]
