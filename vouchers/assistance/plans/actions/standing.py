"""What must hold of a plan before something else is done: gates that other rooms ask too."""

from __future__ import annotations

from django.utils.translation import gettext as _

from conduct.actions import OutOfOrder
from conduct.queries.days import day_of
from documents.wording import day
from vouchers.assistance.plans.models import Milestone, PlanVersion
from vouchers.assistance.plans.queries import needs_are_confirmed
from vouchers.awards.models import Voucher


def require_needs(voucher: Voucher) -> None:
    """Raise OutOfOrder before the needs of the cluster are found and recorded."""
    if not needs_are_confirmed(voucher):
        raise OutOfOrder(_("The plan follows the needs assessment, which is not recorded yet."))


def require_in_force(milestone: Milestone) -> None:
    """Raise OutOfOrder where an amendment removed the milestone from the plan."""
    removed = milestone.removed_in
    if removed is not None and removed.in_force_at is not None:
        zone = milestone.plan.voucher.country.zone
        raise OutOfOrder(
            _(
                "“%(title)s” is not in the plan any more: version %(number)s, in force since "
                "%(day)s, removed it."
            )
            % {
                "title": milestone.title,
                "number": removed.number,
                "day": day(day_of(removed.in_force_at, zone)),
            }
        )


def require_newest(version: PlanVersion) -> None:
    """Raise OutOfOrder where a newer version of the plan was begun meanwhile."""
    newest = version.plan.versions.order_by("-number").first()
    if newest is not None and newest.pk != version.pk:
        raise OutOfOrder(
            _(
                "This is version %(number)s of the plan; the newest is version %(newest)s. "
                "Please read that one."
            )
            % {"number": version.number, "newest": newest.number}
        )
