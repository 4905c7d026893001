"""Reads of what happens with vouchers, scoped to who asks."""

from __future__ import annotations

from typing import Any

from vouchers.awards.models import Voucher

from .plans.queries import version_to_buy


def terms_from_plan(voucher: Voucher) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the plan of a voucher says for terms of reference, and its milestones, where there is one."""
    version = version_to_buy(voucher)
    told: dict[str, Any] = {
        "title": "",
        "ceiling": voucher.amount,
        "shows_ceiling": True,
        "language": voucher.award.application.language,
    }
    if version is None:
        return told, []
    milestones = list(version.milestones.all())
    told |= {
        "scope": "\n\n".join([version.aim, *(one.text for one in version.objectives.all())]),
        "deliverables_text": "\n".join(one.title for one in version.deliverables.all()),
        "days": version.total_days,
        "ceiling": min(version.total or voucher.amount, voucher.amount),
    }
    return told, [
        {"title": one.title, "days": one.days, "due_on": one.due_on} for one in milestones
    ]
