"""Reads of what the bank says, scoped to who asks."""

from .files import (
    columns_of,
    files_visible_to,
    gap_before,
    profile_with_account,
    profiles_with_account,
    statements_visible_to,
)
from .lines import (
    calls_that_bear,
    lines_to_confirm,
    lines_visible_to,
    payments_that_fit,
    with_standing,
)
from .preview import (
    FilePreview,
    SaidOfPayment,
    Sorted,
    preview_of,
    said_of_payments,
    sorted_out,
    statement_in,
)
from .unconfirmed import Unconfirmed, last_words, matches_of, unconfirmed_by, why_unconfirmed

__all__ = [
    "FilePreview",
    "SaidOfPayment",
    "Sorted",
    "Unconfirmed",
    "calls_that_bear",
    "columns_of",
    "files_visible_to",
    "gap_before",
    "last_words",
    "lines_to_confirm",
    "lines_visible_to",
    "matches_of",
    "payments_that_fit",
    "preview_of",
    "profile_with_account",
    "profiles_with_account",
    "said_of_payments",
    "sorted_out",
    "statement_in",
    "statements_visible_to",
    "unconfirmed_by",
    "why_unconfirmed",
    "with_standing",
]
