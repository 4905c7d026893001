"""Vouchers that are late, so that whoever looks after them sees which, and why."""

from __future__ import annotations

from demonstration.clock import noon, on
from demonstration.story import VoucherStory
from demonstration.story.meetings import hold_first_meeting


def wait_for_acceptance(told: VoucherStory) -> None:
    """The cluster accepted what was delivered; the country partner has not said anything for weeks."""
    told.logs_sessions = True
    hold_first_meeting(told, before=noon(-22))
    told.go("accepted by cluster 0", starting=noon(-22), days=1)


def fall_silent(told: VoucherStory) -> None:
    """A cluster that took months for its plan; since the plan is approved, nobody heard of it."""
    with on(noon(-255)):
        told.take("needs")
    for number, step in enumerate(("plan drafted", "plan submitted", "plan approved")):
        with on(noon(-96 + 9 * number)):
            told.take(step)
