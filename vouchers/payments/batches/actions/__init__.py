"""Every write about profiles of banks, and the way of a batch from its proposal to the bank's word."""

from .booking import record_payment, return_payment
from .ending import acknowledge_batch, cancel_batch
from .leaving import authorise_batch, export_batch
from .locking import by_books, judged_with_set_offs, locked_payments
from .profiles import enter_profile, verify_profile
from .proposing import propose_batch

__all__ = [
    "acknowledge_batch",
    "authorise_batch",
    "by_books",
    "cancel_batch",
    "enter_profile",
    "export_batch",
    "judged_with_set_offs",
    "locked_payments",
    "propose_batch",
    "record_payment",
    "return_payment",
    "verify_profile",
]
