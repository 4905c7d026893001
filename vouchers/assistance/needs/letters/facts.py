"""What messages about meetings say."""

from __future__ import annotations

from typing import Any

from vouchers.applications.letters import application_facts
from vouchers.assistance.needs.models import Meeting


def meeting_facts(meeting: Meeting) -> dict[str, Any]:
    """Which meeting, about whose voucher, when (UTC; empty before it is agreed) and where."""
    return {
        **application_facts(meeting.voucher.award.application),
        "title": meeting.title,
        "starts_at": meeting.starts_at.isoformat() if meeting.starts_at else "",
        "place": meeting.place,
        "link": meeting.link,
    }
