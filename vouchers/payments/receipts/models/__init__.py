"""A receipt that a payee is asked for, the links by which it is given, and what was answered."""

from .answers import ReceiptAnswer
from .links import ReceiptLink, ReceiptMail
from .receipts import Receipt

__all__ = ["Receipt", "ReceiptAnswer", "ReceiptLink", "ReceiptMail"]
