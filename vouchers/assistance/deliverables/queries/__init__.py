"""Reads of what is handed in."""

from .points import points_shown, side_that_judges, unsent_before
from .versions import (
    clock_of,
    deliverables_to_accept,
    deliverables_visible_to,
    expected_of,
    files_visible_to,
    is_delivered,
    milestones_with_deliverables,
    newest_of,
    open_points,
    points_visible_to,
    versions_of,
)

__all__ = [
    "clock_of",
    "deliverables_to_accept",
    "deliverables_visible_to",
    "expected_of",
    "files_visible_to",
    "is_delivered",
    "milestones_with_deliverables",
    "newest_of",
    "open_points",
    "points_shown",
    "points_visible_to",
    "side_that_judges",
    "unsent_before",
    "versions_of",
]
