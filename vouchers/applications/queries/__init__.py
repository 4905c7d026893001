"""Reads of applications, scoped to who asks."""

from .applications import (
    applications_of,
    applications_open_to_role,
    applications_visible_to,
    attachments_visible_to,
    calls_shut_to,
    clusters_that_may_start,
    declaration_of,
    is_being_checked,
    missing_in_profile,
    officers_told_of,
    records_with_letters,
    shut_to,
)
from .filled_forms import filled_form
from .searching import in_application, with_text

__all__ = [
    "applications_of",
    "applications_open_to_role",
    "applications_visible_to",
    "attachments_visible_to",
    "calls_shut_to",
    "clusters_that_may_start",
    "declaration_of",
    "filled_form",
    "in_application",
    "is_being_checked",
    "missing_in_profile",
    "officers_told_of",
    "records_with_letters",
    "shut_to",
    "with_text",
]
