"""Reads of the books."""

from .checks import altered_entries, entries_that_fail, instant_text, unlike_their_legs
from .heads import head_facts, head_of, heads_by_day
from .periods import books_up_to, proposals_visible_to, waiting_proposals

__all__ = [
    "altered_entries",
    "books_up_to",
    "entries_that_fail",
    "head_facts",
    "head_of",
    "heads_by_day",
    "instant_text",
    "proposals_visible_to",
    "unlike_their_legs",
    "waiting_proposals",
]
