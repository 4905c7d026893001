"""The plan as a document: the version in force, which the next one supersedes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from conduct.queries.days import iso_day_of
from documents.kinds import ADDRESSEE, DocumentKind, Manner, Told, register
from vouchers.applications.letters import on_letterhead
from vouchers.assistance.letters import voucher_facts
from vouchers.assistance.plans.models import PlanVersion
from vouchers.assistance.plans.permissions import may_read_plan
from vouchers.assistance.plans.queries import content_of_version
from vouchers.assistance.plans.rules.parts import Content
from vouchers.assistance.plans.rules.totals import amount_of, days_of, total_of
from vouchers.awards.queries.countersigning import signed_agreement

PLAN_DOCUMENT = register(
    DocumentKind(
        slug="plan",
        title=_("Technical assistance plan"),
        template="letters/plan.html",
        may_read=may_read_plan,
        told=(
            ADDRESSEE,
            Told(_("Provider"), "provider", Manner.PERSON),
            Told(_("In all"), "total", Manner.MONEY),
            Told(_("In force since"), "date", Manner.DAY),
            Told(_("Agreement signed on"), "agreement_day", Manner.DAY),
        ),
    )
)


def plan_facts(version: PlanVersion) -> dict[str, Any]:
    """All that the version in force says, and who sent and approved it; amounts in EUR as text."""
    voucher = version.plan.voucher
    zone = voucher.country.zone
    content, _unread = content_of_version(version)
    agreement = signed_agreement(voucher.award)
    return {
        **voucher_facts(voucher),
        **on_letterhead(voucher.award.application),
        "date": iso_day_of(version.in_force_at, zone),
        "version": version.number,
        "agreement_day": agreement.signed_on.isoformat() if agreement else "",
        "amendment": version.amendment,
        "amendment_reason": version.reason,
        "objective": content.aim,
        "provider": version.provider.name if version.provider else "",
        **_parts(content),
        "total": str(total_of(content)),
        "total_days": str(days_of(content)),
        "submitted_by": str(version.submitted_by),
        "approved_by": str(version.partner_approved_by),
        "coordinator": str(version.coordinator_approved_by or ""),
    }


def _parts(content: Content) -> dict[str, Any]:
    places = {step.key: place for place, step in enumerate(content.milestones, 1)}
    return {
        "objectives": [objective.text for objective in content.objectives],
        "activities": [activity.title for activity in content.activities],
        "milestones": [
            {
                "title": step.title,
                "due_on": step.due_on.isoformat() if step.due_on else "",
                "days": str(step.days),
                "who": step.who,
                "amount": str(amount_of(content, step.key)),
                "deliverables": [
                    one.title for one in content.deliverables if one.milestone == step.key
                ],
            }
            for step in content.milestones
        ],
        "lines": [
            {
                "kind": line.kind,
                "text": line.text,
                "milestone": places.get(line.milestone, ""),
                "days": str(line.days) if line.days is not None else "",
                "rate": str(line.rate) if line.rate is not None else "",
                "amount": str(line.amount),
            }
            for line in content.lines
        ],
        "results": [
            {
                "code": result.code,
                "name": result.name,
                "unit": result.unit,
                "baseline": str(result.baseline),
                "target": str(result.target),
                "due_on": result.due_on.isoformat() if result.due_on else "",
            }
            for result in content.results
        ],
    }
