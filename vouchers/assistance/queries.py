"""Reads of what happens with vouchers, scoped to who asks."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to

from .models import FinalReport
from .plans.queries import version_to_buy


def reports_to_accept(user: User) -> QuerySet[FinalReport]:
    """The submitted final reports in the countries of an officer, oldest first, as they may read."""
    return (
        FinalReport.objects.filter(
            state=FinalReport.State.SUBMITTED, voucher__in=_vouchers_of_officer(user)
        )
        .select_related("voucher__award__application__cluster")
        .order_by("submitted_at")
    )


def _vouchers_of_officer(user: User) -> QuerySet[Voucher]:
    """The vouchers in an officer's countries, but for those from which a conflict shuts them out."""
    return vouchers_visible_to(user).filter(
        award__application__country_id__in=user.officer_countries
    )


def report_of(voucher: Voucher) -> FinalReport | None:
    """The voucher's final report, where one was begun."""
    return FinalReport.objects.filter(voucher=voucher).first()


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
