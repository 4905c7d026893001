"""Every write of a claim until it is sent."""

from .drafting import DraftOvertaken, discard_draft, keep_invoice_file, save_draft
from .limits import require_within
from .submitting import InvoiceTyped, LineTyped, submit_claim
from .worth import Worth, worth_of_line

__all__ = [
    "DraftOvertaken",
    "InvoiceTyped",
    "LineTyped",
    "Worth",
    "discard_draft",
    "keep_invoice_file",
    "require_within",
    "save_draft",
    "submit_claim",
    "worth_of_line",
]
