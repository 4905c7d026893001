"""The meetings with a cluster that are still ahead when the story ends."""

from __future__ import annotations

from datetime import timedelta

from demonstration.clock import noon
from demonstration.story.vouchers import VoucherStory
from vouchers.assistance.needs import actions
from vouchers.assistance.needs.models import Meeting

_TITLES = {
    "en": "How the work goes on",
    "fr": "Suite des travaux",
    "ar": "متابعة العمل",
}


def propose_meeting(told: VoucherStory, *, days: int) -> Meeting:
    """The officer proposes two times, `days` from today and the day after; the cluster must choose."""
    first = noon(days) - timedelta(hours=2)
    return actions.propose_meeting(
        told.voucher,
        times=[first, first + timedelta(days=1, hours=4)],
        title=_TITLES[told.facts.language],
        place=str(told.voucher.country.partner),
        by=told.officer,
    )


def agree_meeting(told: VoucherStory, *, days: int) -> Meeting:
    """The cluster has agreed to the first of the proposed times."""
    meeting = propose_meeting(told, days=days)
    return actions.agree_to_time(meeting.slots.earliest("starts_at"), by=told.manager)
