"""The meetings with a cluster: the first, at which its needs are found, and those still ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from demonstration.clock import noon, on
from demonstration.story.vouchers import VoucherStory
from vouchers.assistance.needs import actions
from vouchers.assistance.needs.models import Meeting
from vouchers.assistance.needs.models.meetings import Side

_TITLES = {
    "en": "How the work goes on",
    "fr": "Suite des travaux",
    "ar": "متابعة العمل",
}
_FIRST = {
    "en": "What the cluster needs",
    "fr": "Les besoins du cluster",
    "ar": "احتياجات التجمع",
}
_NOTES = {
    "en": "We went through the themes of the call. (Made up for the demonstration.)",
    "fr": "Nous avons parcouru les thèmes de l’appel. (Inventé pour la démonstration.)",
    "ar": "راجعنا محاور الدعوة واحدًا واحدًا. (مختلق للعرض التوضيحي.)",
}


def hold_first_meeting(told: VoucherStory, *, before: datetime) -> Meeting:
    """The meeting at which the needs were found: agreed two days, held some hours `before`."""
    language = told.facts.language
    with on(before - timedelta(days=2)):
        meeting = actions.propose_meeting(
            told.voucher,
            times=[before - timedelta(hours=3)],
            title=_FIRST[language],
            place=str(told.voucher.country.partner),
            by=told.officer,
        )
        actions.agree_to_time(meeting.slots.get(), by=told.manager)
    with on(before - timedelta(hours=1)):
        return actions.hold_meeting(
            meeting,
            attendance=[
                actions.AttendanceInput(str(told.manager), Side.CLUSTER, told.facts.name),
                actions.AttendanceInput(
                    str(told.officer), Side.PARTNER, str(told.voucher.country.partner)
                ),
            ],
            notes=_NOTES[language],
            by=told.officer,
        )


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
