"""What a cluster needs: the first meeting, and the record that both sides confirm."""

from __future__ import annotations

from datetime import timedelta

from vouchers.assistance.needs import actions
from vouchers.assistance.needs.models import NeedsRecord
from vouchers.assistance.needs.models.meetings import Side

from .telling import Telling


def meet(telling: Telling) -> None:
    """Two times are proposed; the cluster agrees to one; both sides and a guest come."""
    words = telling.words.meeting
    at = telling.instant(0) - timedelta(hours=3)
    country_partner = str(telling.voucher.country.partner)
    with telling.day(-6):
        meeting = actions.propose_meeting(
            telling.voucher,
            times=[at, at + timedelta(days=1)],
            title=words.title,
            agenda=words.agenda,
            place=country_partner,
            minutes=120,
            by=telling.officer,
        )
    with telling.day(-5):
        actions.agree_to_time(meeting.slots.earliest("starts_at"), by=telling.manager)
    guest, _comma, function = words.guest.rpartition(", " if ", " in words.guest else "، ")
    with telling.day(0, hours=-1):
        actions.hold_meeting(
            meeting,
            attendance=[
                actions.AttendanceInput(
                    str(telling.manager), Side.CLUSTER, telling.story.facts.name
                ),
                actions.AttendanceInput(guest, Side.CLUSTER, function=function),
                actions.AttendanceInput(str(telling.officer), Side.PARTNER, country_partner),
            ],
            notes=words.notes,
            by=telling.officer,
        )


def record_needs(telling: Telling) -> None:
    """The officer writes and shares the record; the cluster remarks, and both confirm it."""
    with telling.day(0):
        record = _write(telling)
        record = actions.share_record(record, by=telling.officer)
    with telling.day(2):
        first = record.needs.earliest("theme__position", "position")
        actions.send_remarks(
            record,
            {first.key: telling.words.remark_on_needs},
            seen=record.sharing_number,
            by=telling.manager,
        )
    with telling.day(4):
        # The remark is taken in; what is shared anew can be confirmed.
        record = actions.revise_record(record, by=telling.officer)
        actions.save_record(
            record,
            {
                actions.DECISIONS: f"{telling.words.decisions}\n\n{telling.words.remark_on_needs}",
            },
            seen={actions.DECISIONS: record.decisions_version},
            by=telling.officer,
        )
        record = actions.share_record(record, by=telling.officer)
    with telling.day(6):
        for person in (telling.manager, telling.officer):
            record = actions.confirm_record(record, seen=record.sharing_number, by=person)


def _write(telling: Telling) -> NeedsRecord:
    record = actions.begin_record(telling.voucher, by=telling.officer)
    rows = {need.theme.code: need.pk for need in record.needs.select_related("theme")}
    parts: dict[int, actions.NeedInput | str] = {
        rows[need.theme]: actions.NeedInput(need.what, need.priority, need.evidence, need.existing)
        for need in telling.words.needs
    }
    parts[actions.DECISIONS] = telling.words.decisions
    actions.save_record(record, parts, seen=dict.fromkeys(rows.values(), 1), by=telling.officer)
    record.refresh_from_db()
    return record
