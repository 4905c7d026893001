"""The double-entry books: accounts, entries with their legs, the heads of their chains, periods."""

from .accounts import LedgerAccount, LedgerHead
from .earlier import EarlierMoney
from .entries import LedgerEntry, LedgerLeg
from .periods import ClosedPeriod, PeriodProposal

__all__ = [
    "ClosedPeriod",
    "EarlierMoney",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerHead",
    "LedgerLeg",
    "PeriodProposal",
]
