"""The documents that technical assistance issues, and the facts they state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from conduct.queries.days import iso_day_of
from documents.kinds import DocumentKind, register
from vouchers.applications.letters import application_facts
from vouchers.awards.models import Voucher

from .models import Plan
from .permissions import may_read_plan

PLAN_DOCUMENT = register(
    DocumentKind(
        slug="plan",
        title=_("Technical assistance plan"),
        template="letters/plan.html",
        may_read=may_read_plan,
    )
)


def voucher_facts(voucher: Voucher) -> dict[str, Any]:
    """What every document about a voucher says, in the active language; amounts in EUR as text."""
    return {
        **application_facts(voucher.award.application),
        "amount": str(voucher.amount),
        "valid_from": voucher.valid_from.isoformat(),
        "valid_until": voucher.valid_until.isoformat(),
    }


def plan_facts(plan: Plan) -> dict[str, Any]:
    """Objective, provider, and each milestone with its days and EUR; who sent and approved it."""
    return {
        **voucher_facts(plan.voucher),
        "date": iso_day_of(plan.approved_at, plan.voucher.country.zone),
        "objective": plan.objective,
        "expected_results": plan.expected_results,
        "provider": plan.provider.name,
        "milestones": [
            {
                "title": milestone.title,
                "due_on": milestone.due_on.isoformat(),
                "days": str(milestone.days),
                "amount": str(milestone.amount),
            }
            for milestone in plan.milestones.all()
        ],
        "total": str(plan.total),
        "total_days": str(plan.total_days),
        "submitted_by": str(plan.submitted_by),
        "approved_by": str(plan.approved_by),
    }
