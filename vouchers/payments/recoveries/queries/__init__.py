"""Corrections, scoped to who asks, and what is open of them."""

from .corrections import (
    correctable_lines,
    corrections_of,
    corrections_to_decide,
    corrections_visible_to,
    overdue_corrections,
    parts_of,
    parts_to_confirm,
    parts_visible_to,
    to_remind_of,
    with_facts,
)
from .setting_off import open_of, owed_by_payees_of, planned_set_offs

__all__ = [
    "correctable_lines",
    "corrections_of",
    "corrections_to_decide",
    "corrections_visible_to",
    "open_of",
    "overdue_corrections",
    "owed_by_payees_of",
    "parts_of",
    "parts_to_confirm",
    "parts_visible_to",
    "planned_set_offs",
    "to_remind_of",
    "with_facts",
]
