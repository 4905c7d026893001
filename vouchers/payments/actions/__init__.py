"""Every write about money, and the closing of a voucher once all of it is paid."""

from .claims import Worth, submit_claim, withdraw_claim, worth_of
from .closing import accept_report
from .control import approve_claim, return_claim, verify_claim
from .ledger import reverse_approval
from .orders import order_payment, record_payment
from .rate_files import read_rate_file, take_rates_over
from .rates import Doubtful, RateInUse, confirm_rate, correct_rate, enter_rate
from .sharing import share_invoice

__all__ = [
    "Doubtful",
    "RateInUse",
    "Worth",
    "accept_report",
    "approve_claim",
    "confirm_rate",
    "correct_rate",
    "enter_rate",
    "order_payment",
    "read_rate_file",
    "record_payment",
    "return_claim",
    "reverse_approval",
    "share_invoice",
    "submit_claim",
    "take_rates_over",
    "verify_claim",
    "withdraw_claim",
    "worth_of",
]
