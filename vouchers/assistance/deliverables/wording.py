"""What is said of versions in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.wording import day, number
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.deliverables.rules.clocks import Clock


def whose_turn(deliverable: Deliverable) -> str:
    """Who does the next step; empty once it is accepted."""
    application = deliverable.milestone.plan.voucher.award.application
    if deliverable.state == Deliverable.State.CLUSTER_ACCEPTED:
        return str(application.country.partner)
    if deliverable.state == Deliverable.State.SUBMITTED:
        return str(application.cluster)
    return _("a new version") if deliverable.state == Deliverable.State.RETURNED else ""


def clock_in_words(deliverable: Deliverable, clock: Clock) -> str:
    """For whom or what it waits, for how many days, and until when the call lets it."""
    about = {
        "whose": whose_turn(deliverable),
        "days": number(clock.days),
        "since": day(clock.since),
        "until": day(clock.until),
    }
    if clock.is_late:
        return (
            ngettext(
                "Waiting for %(whose)s for %(days)s day, since %(since)s; it should have come by "
                "%(until)s.",
                "Waiting for %(whose)s for %(days)s days, since %(since)s; it should have come by "
                "%(until)s.",
                clock.days,
            )
            % about
        )
    return (
        ngettext(
            "Waiting for %(whose)s for %(days)s day, since %(since)s; the call gives until "
            "%(until)s.",
            "Waiting for %(whose)s for %(days)s days, since %(since)s; the call gives until "
            "%(until)s.",
            clock.days,
        )
        % about
    )
