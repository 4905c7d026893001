"""Calls: quotas, criteria, questions, rules, declarations, themes, indicators, amendments."""

from .amendments import CallAmendment
from .calls import Call, UnfilledQuota
from .criteria import Criterion
from .currencies import EVERYWHERE, Currency
from .declarations import DeclarationClause
from .eligibility_rules import EligibilityRule
from .indicators import CallIndicator
from .purchasing import GroundKind, PurchaseRules, QuoteGround, VoucherUse
from .questions import Question, Section
from .quotas import CountryQuota
from .themes import NeedTheme

__all__ = [
    "EVERYWHERE",
    "Call",
    "CallAmendment",
    "CallIndicator",
    "CountryQuota",
    "Criterion",
    "Currency",
    "DeclarationClause",
    "EligibilityRule",
    "GroundKind",
    "NeedTheme",
    "PurchaseRules",
    "Question",
    "QuoteGround",
    "Section",
    "UnfilledQuota",
    "VoucherUse",
]
