"""The eligibility of applications: checks, clarifications, hints."""

from .checks import CheckDraft, EligibilityCheck, Finding, Result
from .clarifications import Clarification, ClarificationFile, ClarificationItem
from .duplicates import ComparableText, Comparison, Hint

__all__ = [
    "CheckDraft",
    "Clarification",
    "ClarificationFile",
    "ClarificationItem",
    "ComparableText",
    "Comparison",
    "EligibilityCheck",
    "Finding",
    "Hint",
    "Result",
]
