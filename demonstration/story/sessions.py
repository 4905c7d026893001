"""The sessions in which an expert worked with a cluster, as the story of its voucher tells them."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from accounts.models import User
from conduct.queries.days import today
from demonstration.content.reports import picture
from vouchers.assistance.delivery import actions
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.queries import (
    milestones_to_log,
    plan_began_on,
    planned_activities,
)
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.workroom.models import WorkLink

if TYPE_CHECKING:
    from .vouchers import VoucherStory

# Hours of the sessions of a milestone, one a day, the last on the day of the story.
HOURS = (Decimal("4"), Decimal("6.5"), Decimal("7.25"), Decimal("8"))
_NOTES = {
    "en": "(Hours and participants are made up for the demonstration.)",
    "fr": "(Les heures et les participants sont inventés pour la démonstration.)",
    "ar": "(الساعات والمشاركون مختلقون للعرض التوضيحي.)",
}
_REASONS = {
    "en": "We began at ten and stopped for lunch: it was five and a half hours.",
    "fr": "Nous avons commencé à dix heures, avec une pause à midi : cela fait cinq heures et demie.",
    "ar": "بدأنا في العاشرة وتوقفنا للغداء: كانت خمس ساعات ونصفًا.",
}
_SEEN = {
    "en": "Five people at a table (a drawing for the demonstration)",
    "fr": "Cinq personnes autour d’une table (un dessin pour la démonstration)",
    "ar": "خمسة أشخاص حول طاولة (رسم للعرض التوضيحي)",
}
_EXPERTS = {"LB": "Nour Haddad", "MA": "Salma Idrissi", "TN": "Anis Gharbi"}


def log_sessions(told: VoucherStory, milestone: Milestone) -> None:
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
    for place in range(count):
        session = _log(told, milestone, place, now - timedelta(days=count - 1 - place))
        actions.confirm_session(session, by=told.manager)


def log_session_to_confirm(told: VoucherStory, *, by: WorkLink | None = None) -> None:
    """Log a session of today for the last milestone, which waits for the cluster."""
    _log(told, _last_milestone(told), 0, today(told.voucher.country.zone), by=by)


def show_session(told: VoucherStory, *, by: WorkLink | User) -> None:
    """Add a picture to the session that waits for the cluster."""
    waiting = told.voucher.sessions.filter(state=Session.State.LOGGED).first()
    if waiting is not None:
        actions.add_session_picture(
            waiting, picture(), alternative=_SEEN[told.facts.language], by=by
        )


def log_session_to_mend(told: VoucherStory) -> None:
    """Log a session of yesterday for the last milestone, which the cluster returns with a reason."""
    yesterday = today(told.voucher.country.zone) - timedelta(days=1)
    session = _log(told, _last_milestone(told), 1, yesterday)
    actions.return_session(session, reason=_REASONS[told.facts.language], by=told.manager)


def _counts(told: VoucherStory, participants: int) -> dict[str, int]:
    """Those of the participants whom the call wants counted."""
    shares = {"women": 2, "young": 3, "from_smes": 2, "from_universities": 5}
    call = told.voucher.award.application.call
    return {name: participants // shares[name] for name in call.counted}


def _last_milestone(told: VoucherStory) -> Milestone:
    return list(milestones_to_log(told.voucher))[-1]


def _log(
    told: VoucherStory,
    milestone: Milestone,
    place: int,
    day: date,
    *,
    by: WorkLink | None = None,
) -> Session:
    """The session at its place in the story, logged by the provider or the officer for it."""
    activities = planned_activities(told.voucher)
    number = zlib.crc32(told.facts.name.encode()) % 100_000
    participants = 6 + (number + place) % 9
    said = actions.SessionInput(
        day=day,
        hours=HOURS[place],
        activity=activities[(milestone.position - 1) % len(activities)],
        expert_name=_EXPERTS[told.country],
        expert_email=f"expert-{number:05d}@example.org",
        is_online=True,
        participants=participants,
        notes=_NOTES[told.facts.language],
    )
    counted = replace(said, **_counts(told, participants))  # type: ignore[arg-type]
    return actions.log_session(milestone, counted, by=by or told.officer)
