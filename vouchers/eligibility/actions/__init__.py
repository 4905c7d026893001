"""Every write about eligibility."""

from .checks import Verdict, check_eligibility, reopen_check, save_check_draft
from .clarification_files import add_file, remove_file
from .clarifications import (
    answer_clarification,
    ask_clarification,
    end_clarification,
    lapse_clarification,
    save_clarification,
)
from .duplicates import compare_application, look_at_duplicate

__all__ = [
    "Verdict",
    "add_file",
    "answer_clarification",
    "ask_clarification",
    "check_eligibility",
    "compare_application",
    "end_clarification",
    "lapse_clarification",
    "look_at_duplicate",
    "remove_file",
    "reopen_check",
    "save_check_draft",
    "save_clarification",
]
