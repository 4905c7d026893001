"""Every write about money but the writing of a claim (claims/), and the closing of a voucher."""

from .claims import withdraw_claim
from .closing import accept_report
from .control import approve_claim, reject_claim, return_claim, verify_claim
from .ledger import reverse_approval
from .orders import order_payment, record_payment
from .rates import Doubtful, RateInUse, correct_rate, enter_rate
from .sharing import share_invoice

__all__ = [
    "Doubtful",
    "RateInUse",
    "accept_report",
    "approve_claim",
    "correct_rate",
    "enter_rate",
    "order_payment",
    "record_payment",
    "reject_claim",
    "return_claim",
    "reverse_approval",
    "share_invoice",
    "verify_claim",
    "withdraw_claim",
]
