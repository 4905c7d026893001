"""Every write about money, and the closing of a voucher once all of it is paid."""

from .claims import submit_claim
from .closing import accept_report
from .control import approve_claim, return_claim, verify_claim
from .ledger import reverse_approval
from .orders import order_payment, record_payment
from .rates import enter_rate

__all__ = [
    "accept_report",
    "approve_claim",
    "enter_rate",
    "order_payment",
    "record_payment",
    "return_claim",
    "reverse_approval",
    "submit_claim",
    "verify_claim",
]
