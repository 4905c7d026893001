"""The money: exchange rates, claims, the ledger and payment orders."""

from .claims import Claim, invoice_path
from .ledger import LedgerEntry
from .orders import PaymentOrder
from .rates import CENT, Currency, ExchangeRate

__all__ = [
    "CENT",
    "Claim",
    "Currency",
    "ExchangeRate",
    "LedgerEntry",
    "PaymentOrder",
    "invoice_path",
]
