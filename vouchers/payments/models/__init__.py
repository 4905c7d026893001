"""The money: exchange rates, claims with their invoices and lines, and payment orders."""

from vouchers.calls.models import Currency

from .claims import STEPS_OF_A_CLAIM, TO_CONTROL, UNDECIDED, Claim
from .clearings import Clearing
from .drafts import ClaimDraft
from .enforced import CAME_BACK, DONE_WITH
from .final_rates import FinalLine, FinalRate
from .invoices import Invoice, InvoiceFile, VatRule
from .lines import ClaimLine
from .orders import PaymentOrder
from .rate_files import RateFile
from .rates import ExchangeRate

__all__ = [
    "CAME_BACK",
    "DONE_WITH",
    "STEPS_OF_A_CLAIM",
    "TO_CONTROL",
    "UNDECIDED",
    "Claim",
    "ClaimDraft",
    "ClaimLine",
    "Clearing",
    "Currency",
    "ExchangeRate",
    "FinalLine",
    "FinalRate",
    "Invoice",
    "InvoiceFile",
    "PaymentOrder",
    "RateFile",
    "VatRule",
]
