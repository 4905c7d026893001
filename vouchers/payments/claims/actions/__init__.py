"""Every write of a claim until it is sent."""

from .advancing import ask_for_advance
from .drafting import (
    DraftGone,
    DraftOvertaken,
    SentAlready,
    discard_draft,
    keep_invoice_file,
    save_draft,
)
from .limits import require_within
from .paying import is_paid_first
from .submitting import InvoiceTyped, LineTyped, submit_claim
from .worth import Worth, rate_month, worth_of_line

__all__ = [
    "DraftGone",
    "DraftOvertaken",
    "InvoiceTyped",
    "LineTyped",
    "SentAlready",
    "Worth",
    "ask_for_advance",
    "discard_draft",
    "is_paid_first",
    "keep_invoice_file",
    "rate_month",
    "require_within",
    "save_draft",
    "submit_claim",
    "worth_of_line",
]
