"""What pages of other rooms show of meetings and records of needs: what their templates read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from vouchers.assistance.needs.models import Meeting, Need, NeedsRecord
from vouchers.assistance.needs.models.meetings import Side
from vouchers.assistance.needs.permissions import (
    is_organising,
    may_agree,
    may_answer_record,
    may_propose_meeting,
    may_write_record,
    side_about,
    sits_at_the_table,
)
from vouchers.assistance.needs.queries import needs_of, records_of, remarks_on, waiting_for
from vouchers.awards.models import Voucher


def meetings_panel(voucher: Voucher, meetings: list[Meeting], user: User) -> dict[str, Any]:
    """The meetings about a voucher (`meetings_of`), and whether the person may propose another."""
    return {
        "meetings": meetings,
        "may_propose_meeting": voucher.state == Voucher.State.ACTIVE
        and may_propose_meeting.test(user, voucher),
    }


def needs_panel(voucher: Voucher, user: User) -> dict[str, Any]:
    """The record in force with its needs, the version in work, and who must act on it."""
    records = list(records_of(voucher, user))
    for record in records:
        record.voucher = voucher
    in_force = next((one for one in records if one.state == NeedsRecord.State.CONFIRMED), None)
    in_work = next((one for one in records if one.is_in_work), None)
    return {
        "needs_in_force": in_force,
        "needs_in_work": in_work,
        "needs_themes": by_theme(needs_of(in_force)) if in_force else [],
        "needs_waiting": waiting_for(in_work, remarks_on(in_work)) if in_work else [],
        "may_begin_needs": not records
        and voucher.state == Voucher.State.ACTIVE
        and may_write_record.test(user, voucher),
    }


@dataclass(frozen=True)
class ThemeOfNeeds:
    """A theme, and what is needed there."""

    name: str
    needs: list[Need]


def by_theme(needs: Iterable[Need]) -> list[ThemeOfNeeds]:
    """Needs, in the order in which they come, under the names of their themes."""
    themes: dict[int, ThemeOfNeeds] = {}
    for need in needs:
        name = str(need.theme.name)
        themes.setdefault(need.theme_id, ThemeOfNeeds(name, [])).needs.append(need)
    return list(themes.values())


def rights_on_record(record: NeedsRecord, user: User) -> dict[str, bool]:
    """Which buttons the person finds on the page of a record."""
    if record.voucher.state != Voucher.State.ACTIVE:
        return {}
    writes = may_write_record.test(user, record.voucher)
    if record.state == NeedsRecord.State.DRAFT:
        unshared = record.number > 1 and not record.sharing_number
        return {"write": writes, "discard": writes and unshared}
    if record.state == NeedsRecord.State.SHARED:
        answers = may_answer_record.test(user, record)
        by = (
            record.cluster_confirmed_by_id
            if side_about(user, record.voucher) == Side.CLUSTER
            else record.partner_confirmed_by_id
        )
        return {"remark": answers, "confirm": answers and by is None, "revise": writes}
    return {"correct": writes and record.state == NeedsRecord.State.CONFIRMED}


def rights_on(meeting: Meeting, user: User) -> dict[str, bool]:
    """Which buttons the person finds on the page of a meeting."""
    if meeting.voucher.state != Voucher.State.ACTIVE:
        return {}
    if meeting.state == Meeting.State.HELD:
        return {"correct": is_organising.test(user, meeting)}
    if meeting.state == Meeting.State.CANCELLED:
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
