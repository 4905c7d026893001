"""The final report as a document: the version that was accepted."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from conduct.queries.days import iso_day_of
from documents.kinds import DocumentKind, register
from vouchers.applications.letters import on_letterhead
from vouchers.assistance.letters import voucher_facts
from vouchers.assistance.plans.queries import provider_of
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.reports.permissions import may_read_report
from vouchers.assistance.reports.rules.reaching import reached_percent

REPORT_DOCUMENT = register(
    DocumentKind(
        slug="final-report",
        title=_("Final report"),
        template="letters/final_report.html",
        may_read=may_read_report,
    )
)


def report_facts(report: FinalReport) -> dict[str, Any]:
    """All that the accepted version says, and who sent and accepted it; amounts in EUR as text."""
    voucher, version = report.voucher, report.version
    if version is None or report.accepted_at is None:
        raise ValueError("Only a report that was accepted becomes a document.")
    provider = provider_of(voucher)
    return {
        **voucher_facts(voucher),
        **on_letterhead(voucher.award.application),
        "date": iso_day_of(report.accepted_at, voucher.country.zone),
        "version": version.number,
        "plan_version": version.plan_version.number,
        "provider": provider.name if provider is not None else "",
        "summary": version.summary,
        "story": version.story,
        "results": version.results,
        "lessons": version.lessons,
        "members_reached": version.members_reached,
        "women_reached": version.women_reached,
        "satisfaction": version.satisfaction,
        "provider_words": version.provider_words,
        "indicators": [
            {
                "code": one.code,
                "name": one.name,
                "unit": one.unit,
                "baseline": str(one.baseline),
                "target": str(one.target),
                "value": str(one.value),
                "percent": _percent(reached_percent(one.baseline, one.target, one.value)),
                "due_on": one.due_on.isoformat(),
                "note": one.note,
                "evidence": one.evidence,
                "file": one.file.name if one.file else "",
            }
            for one in version.indicators.select_related("file")
        ],
        "pictures": [
            {
                "caption": one.caption,
                "credit": one.credit,
                "alternative": one.alternative,
                "file": one.file.file.name,
            }
            for one in version.pictures.select_related("file")
        ],
        "submitted_by": str(version.submitted_by),
        "partner_accepted_by": str(report.partner_accepted_by or ""),
        "accepted_by": str(report.accepted_by),
    }


def _percent(value: object) -> str:
    return "" if value is None else str(value)
