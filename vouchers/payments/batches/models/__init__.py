"""How orders leave: the profile of a bank, the batch, and the file that was made of it."""

from .batches import BatchFile, PaymentBatch
from .mails import PayeeMail
from .profiles import BankProfile

__all__ = ["BankProfile", "BatchFile", "PayeeMail", "PaymentBatch"]
