"""Receipts, scoped to who asks, and what the clock finds."""

from .due import days_after, mails_of, receipts_to_mail
from .receipts import (
    answers_of,
    late_receipts,
    receipt_links_visible_to,
    receipt_of,
    receipt_states_of,
    receipts_to_settle,
    receipts_visible_to,
    standing_link_of,
    with_facts,
)

__all__ = [
    "answers_of",
    "days_after",
    "late_receipts",
    "mails_of",
    "receipt_links_visible_to",
    "receipt_of",
    "receipt_states_of",
    "receipts_to_mail",
    "receipts_to_settle",
    "receipts_visible_to",
    "standing_link_of",
    "with_facts",
]
