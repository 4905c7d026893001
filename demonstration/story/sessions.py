"""The sessions in which an expert worked with a cluster, as the story of its voucher tells them."""

from __future__ import annotations

import zlib
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from conduct.queries.days import today
from vouchers.assistance.delivery import actions
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.queries import plan_began_on, planned_activities
from vouchers.assistance.plans.models import Milestone

if TYPE_CHECKING:
    from .vouchers import VoucherStory

# Hours of the sessions of a milestone, the last of them on the day of the story.
HOURS = (Decimal("4"), Decimal("6.5"), Decimal("7.25"), Decimal("8"))
_NOTES = {
    "en": "(Hours and participants are made up for the demonstration.)",
    "fr": "(Les heures et les participants sont inventés pour la démonstration.)",
    "ar": "(الساعات والمشاركون مختلقون للعرض التوضيحي.)",
}
_EXPERTS = {"LB": "Nour Haddad", "MA": "Salma Idrissi", "TN": "Anis Gharbi"}


def log_sessions(told: VoucherStory, milestone: Milestone, *, confirmed: bool = True) -> None:
    """Log a session for each day since the last one, four at most; the cluster confirms them.

    Each does what the plan says of the milestone. The expert of a cluster is nobody real.
    """
    voucher = told.voucher
    last = Session.objects.filter(voucher=voucher).order_by("-day").first()
    begun = plan_began_on(milestone.plan)
    now = today(voucher.country.zone)
    first = last.day + timedelta(days=1) if last else begun
    if first is None:
        return
    count = min(len(HOURS), (now - first).days + 1)
    activities = planned_activities(voucher)
    number = zlib.crc32(told.facts.name.encode()) % 100_000
    for place in range(count):
        participants = 6 + (number + place) % 9
        session = actions.log_session(
            milestone,
            actions.SessionInput(
                day=now - timedelta(days=count - 1 - place),
                hours=HOURS[place],
                activity=activities[(milestone.position - 1) % len(activities)],
                expert_name=_EXPERTS[told.country],
                expert_email=f"expert-{number:05d}@example.org",
                is_online=True,
                participants=participants,
                women=participants // 2,
                young=participants // 3,
                notes=_NOTES[told.facts.language],
            ),
            by=told.officer,
        )
        if confirmed or place < count - 1:
            actions.confirm_session(session, by=told.manager)
