"""Every write about money, and the closing of a voucher once all of it is paid."""

from .claims import Worth, submit_claim, withdraw_claim, worth_of
from .closing import accept_report
from .control import approve_claim, return_claim, verify_claim
from .ledger import reverse_approval
from .rates import Doubtful, RateInUse, correct_rate, enter_rate
from .sharing import share_invoice

__all__ = [
    "Doubtful",
    "RateInUse",
    "Worth",
    "accept_report",
    "approve_claim",
    "correct_rate",
    "enter_rate",
    "return_claim",
    "reverse_approval",
    "share_invoice",
    "submit_claim",
    "verify_claim",
    "withdraw_claim",
    "worth_of",
]
