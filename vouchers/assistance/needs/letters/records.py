"""The document of a record of needs, and what messages about one say."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from conduct.queries.days import iso_day_of
from documents.kinds import DocumentKind, register
from vouchers.applications.letters import on_letterhead
from vouchers.assistance.letters import voucher_facts
from vouchers.assistance.needs.models import Need, NeedsRecord
from vouchers.assistance.needs.queries import meetings_held_before
from vouchers.awards.permissions import may_read_voucher

NEEDS_RECORD = register(
    DocumentKind(
        slug="needs-assessment",
        title=_("Record of the needs assessment"),
        template="letters/needs_assessment.html",
        may_read=may_read_voucher,
    )
)


def message_facts(record: NeedsRecord) -> dict[str, Any]:
    """About whose voucher a message is, and which version of the record."""
    return {**voucher_facts(record.voucher), "version": record.number}


def record_facts(record: NeedsRecord) -> dict[str, Any]:
    """What both sides confirmed: meetings, needs by theme, decisions; who confirmed it, and when."""
    zone = record.voucher.country.zone
    return {
        **message_facts(record),
        **on_letterhead(record.voucher.award.application),
        "date": iso_day_of(record.confirmed_at, zone),
        "correction_reason": record.correction_reason,
        "meetings": _meetings(record),
        "themes": _themes(record),
        "decisions": record.decisions,
        "files": [{"name": file.name, "sha256": file.sha256} for file in record.standing_files],
        "cluster_confirmed_by": str(record.cluster_confirmed_by),
        "cluster_confirmed_on": iso_day_of(record.cluster_confirmed_at, zone),
        "partner_confirmed_by": str(record.partner_confirmed_by),
        "partner_confirmed_on": iso_day_of(record.partner_confirmed_at, zone),
    }


def _meetings(record: NeedsRecord) -> list[dict[str, Any]]:
    return [
        {
            "title": meeting.title,
            "date": iso_day_of(meeting.starts_at, record.voucher.country.zone),
            "place": meeting.place,
            "participants": [
                {"name": person.name, "organisation": person.organisation}
                for person in meeting.people
                if person.was_present
            ],
        }
        for meeting in meetings_held_before(record)
    ]


def _themes(record: NeedsRecord) -> list[dict[str, Any]]:
    themes: dict[int, dict[str, Any]] = {}
    for need in record.needs.select_related("theme"):
        theme = themes.setdefault(need.theme_id, {"name": str(need.theme.name), "needs": []})
        theme["needs"].append(_need(need))
    return list(themes.values())


def _need(need: Need) -> dict[str, str]:
    return {
        "what": need.what,
        "priority": need.priority,
        "priority_name": str(need.get_priority_display()),
        "evidence": need.evidence,
        "existing": need.existing,
    }
