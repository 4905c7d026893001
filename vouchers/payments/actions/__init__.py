"""Every write about money but the writing of a claim (claims/), and the closing of a voucher."""

from .claims import withdraw_claim
from .closing import accept_report, what_keeps_open
from .control import approve_claim, reject_claim, return_claim, verify_claim
from .controlling import CheckAnswer
from .ledger import reverse_approval
from .parking import mark_of_parked, refuse_parked, take_in_parked
from .rate_files import read_rate_file, take_rates_over
from .rates import Doubtful, RateInUse, confirm_rate, correct_rate, enter_rate
from .sending_back import send_back
from .sharing import share_invoice
from .steps import mark_of

__all__ = [
    "CheckAnswer",
    "Doubtful",
    "RateInUse",
    "accept_report",
    "approve_claim",
    "confirm_rate",
    "correct_rate",
    "enter_rate",
    "mark_of",
    "mark_of_parked",
    "read_rate_file",
    "refuse_parked",
    "reject_claim",
    "return_claim",
    "reverse_approval",
    "send_back",
    "share_invoice",
    "take_in_parked",
    "take_rates_over",
    "verify_claim",
    "what_keeps_open",
    "withdraw_claim",
]
