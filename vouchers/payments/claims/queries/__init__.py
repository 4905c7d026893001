"""Reads of a claim that is written, and of what is looked at on one that was sent."""

from .checks import Check, checks_on
from .drafts import claimable_milestones, content_of, draft_of, invoice_files_visible_to

__all__ = [
    "Check",
    "checks_on",
    "claimable_milestones",
    "content_of",
    "draft_of",
    "invoice_files_visible_to",
]
