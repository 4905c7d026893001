"""The money: exchange rates, claims, the ledger and payment orders."""

from .claims import Claim, invoice_path
from .enforced import DONE_WITH
from .ledger import LedgerEntry
from .orders import PaymentOrder
from .rates import Currency, ExchangeRate

__all__ = [
    "DONE_WITH",
    "Claim",
    "Currency",
    "ExchangeRate",
    "LedgerEntry",
    "PaymentOrder",
    "invoice_path",
]
