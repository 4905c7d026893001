"""The money: exchange rates, claims and payment orders."""

from .claims import STEPS_OF_A_CLAIM, Claim, invoice_path
from .enforced import DONE_WITH
from .orders import PaymentOrder
from .rate_files import RateFile
from .rates import Currency, ExchangeRate

__all__ = [
    "DONE_WITH",
    "STEPS_OF_A_CLAIM",
    "Claim",
    "Currency",
    "ExchangeRate",
    "PaymentOrder",
    "RateFile",
    "invoice_path",
]
