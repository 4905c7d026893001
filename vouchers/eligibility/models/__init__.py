"""The eligibility of applications: checks, clarifications, possible duplicates."""

from .checks import CheckDraft, EligibilityCheck, Finding, Result
from .clarifications import Clarification, ClarificationFile, ClarificationItem
from .duplicates import ComparableText, Comparison, PossibleDuplicate

__all__ = [
    "CheckDraft",
    "Clarification",
    "ClarificationFile",
    "ClarificationItem",
    "ComparableText",
    "Comparison",
    "EligibilityCheck",
    "Finding",
    "PossibleDuplicate",
    "Result",
]
