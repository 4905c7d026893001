"""What pages of other rooms show of meetings: what their templates read."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from vouchers.assistance.needs.models import Meeting
from vouchers.assistance.needs.permissions import (
    is_organising,
    may_agree,
    may_propose_meeting,
    sits_at_the_table,
)
from vouchers.awards.models import Voucher


def meetings_panel(voucher: Voucher, meetings: list[Meeting], user: User) -> dict[str, Any]:
    """The meetings about a voucher (`meetings_of`), and whether the person may propose another."""
    return {
        "meetings": meetings,
        "may_propose_meeting": voucher.state == Voucher.State.ACTIVE
        and may_propose_meeting.test(user, voucher),
    }


def rights_on(meeting: Meeting, user: User) -> dict[str, bool]:
    """Which buttons the person finds on the page of a meeting."""
    open_ = meeting.state in (Meeting.State.PROPOSED, Meeting.State.AGREED)
    if not open_ or meeting.voucher.state != Voucher.State.ACTIVE:
        return {}
    agreed, begun = meeting.state == Meeting.State.AGREED, meeting.has_begun
    sits, organises = sits_at_the_table.test(user, meeting), is_organising.test(user, meeting)
    return {
        "agree": may_agree.test(user, meeting) and not begun,
        "propose": sits and not begun,
        "keep": sits and agreed and bool(meeting.turn),
        "move": organises and agreed and not begun,
        "cancel": sits,
        "hold": organises and agreed and begun,
    }
