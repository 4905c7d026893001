"""The money: exchange rates, claims, the ledger and payment orders."""

from .claims import STEPS_OF_A_CLAIM, Claim, invoice_path
from .enforced import DONE_WITH
from .ledger import LedgerEntry
from .orders import PaymentOrder
from .rates import Currency, ExchangeRate

__all__ = [
    "DONE_WITH",
    "STEPS_OF_A_CLAIM",
    "Claim",
    "Currency",
    "ExchangeRate",
    "LedgerEntry",
    "PaymentOrder",
    "invoice_path",
]
