"""The models of every room, gathered so that Django finds them under one app."""

from .applications.models import (
    Answer,
    Application,
    Attachment,
    Recusal,
    SignedDeclaration,
)
from .assistance.models import (
    Deliverable,
    FinalReport,
    Milestone,
    NeedsAssessment,
    Plan,
    Provider,
)
from .awards.models import Award, Decision, DecisionScore, SelectionRound, Voucher
from .calls.models import (
    Call,
    CallAmendment,
    CountryQuota,
    Criterion,
    DeclarationClause,
    EligibilityRule,
    Question,
    Section,
)
from .correspondence.models import Message, PublicQuestion, ReadMark
from .eligibility.models import (
    CheckDraft,
    Clarification,
    ClarificationFile,
    ClarificationItem,
    ComparableText,
    Comparison,
    EligibilityCheck,
    Finding,
    Hint,
)
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
    "CallAmendment",
    "CheckDraft",
    "Claim",
    "Clarification",
    "ClarificationFile",
    "ClarificationItem",
    "ComparableText",
    "Comparison",
    "CountryQuota",
    "Criterion",
    "Decision",
    "DecisionScore",
    "DeclarationClause",
    "Deliverable",
    "EligibilityCheck",
    "EligibilityRule",
    "ExchangeRate",
    "FinalReport",
    "Finding",
    "Hint",
    "LedgerEntry",
    "Message",
    "Milestone",
    "NeedsAssessment",
    "PaymentOrder",
    "Plan",
    "Provider",
    "PublicQuestion",
    "Question",
    "ReadMark",
    "Recusal",
    "Score",
    "Section",
    "SelectionRound",
    "SignedDeclaration",
    "Voucher",
]
