"""The bank's files, what they say line by line, and what became of each line."""

from .decisions import LineCharge, LineMatch, LineProposal, SetAside
from .files import BankFile, CsvMapping
from .lines import BankStatement, StatementLine
from .words import PaymentStatus

__all__ = [
    "BankFile",
    "BankStatement",
    "CsvMapping",
    "LineCharge",
    "LineMatch",
    "LineProposal",
    "PaymentStatus",
    "SetAside",
    "StatementLine",
]
