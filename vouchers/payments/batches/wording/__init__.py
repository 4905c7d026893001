"""What is said of payments: what a bank would not take, and why it did not pay."""

from .problems import sentence_of
from .reasons import reason_told
from .statuses import status_told

__all__ = ["reason_told", "sentence_of", "status_told"]
