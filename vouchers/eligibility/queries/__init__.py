"""Reads for the check: what data say of an application, and what waits for whom."""

from .checklists import Checklist, facts_of
from .checks import check_of, draft_of, may_be_reopened, next_to_check, others_checking, waiting_for
from .clarifications import (
    being_asked,
    clarifications_to_close,
    clarifications_visible_to,
    files_visible_to,
    items_of,
    items_visible_to,
    open_clarification,
)
from .duplicates import (
    alike_texts,
    duplicates_of,
    duplicates_shown_to,
    duplicates_visible_to,
    is_compared,
    to_compare,
)
from .legal_entities import perhaps_same_legal_entity, same_legal_entity

__all__ = [
    "Checklist",
    "alike_texts",
    "being_asked",
    "check_of",
    "clarifications_to_close",
    "clarifications_visible_to",
    "draft_of",
    "duplicates_of",
    "duplicates_shown_to",
    "duplicates_visible_to",
    "facts_of",
    "files_visible_to",
    "is_compared",
    "items_of",
    "items_visible_to",
    "may_be_reopened",
    "next_to_check",
    "open_clarification",
    "others_checking",
    "perhaps_same_legal_entity",
    "same_legal_entity",
    "to_compare",
    "waiting_for",
]
