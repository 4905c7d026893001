"""Versions of deliverables for tests."""

from __future__ import annotations

from typing import Any

from demonstration.story import VoucherStory
from tests.making import pdf
from vouchers.assistance.deliverables import actions
from vouchers.assistance.deliverables.actions import Answered
from vouchers.assistance.deliverables.models import Deliverable, DeliverablePoint


def newest(told: VoucherStory) -> Deliverable:
    """The newest version for the first milestone, as the database has it."""
    return Deliverable.objects.filter(milestone=told._milestone(0)).order_by("-number")[0]


def noted(told: VoucherStory, by: Any, **other: Any) -> DeliverablePoint:
    """A point on the newest version."""
    said = {"where": "Page 4", "text": "The figures do not add up.", **other}
    return actions.note_point(newest(told), by=by, **said)


def handed_in(told: VoucherStory, answers: dict[int, Answered] | None = None, **other: Any):
    """A version for the first milestone."""
    said = {
        "summary": "The study.",
        "changes": "The figures.",
        "uploads": [pdf()],
        "by": told.manager,
        "answers": answers,
        **other,
    }
    return actions.hand_in_deliverable(told._milestone(0), **said)
