"""Calls: quotas, criteria, questions, rules of eligibility, declarations, amendments."""

from .amendments import CallAmendment
from .calls import Call, UnfilledQuota
from .criteria import Criterion
from .declarations import DeclarationClause
from .eligibility_rules import EligibilityRule
from .questions import Question, Section
from .quotas import CountryQuota

__all__ = [
    "Call",
    "CallAmendment",
    "CountryQuota",
    "Criterion",
    "DeclarationClause",
    "EligibilityRule",
    "Question",
    "Section",
    "UnfilledQuota",
]
