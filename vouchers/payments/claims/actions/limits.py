"""How much can be claimed: of each milestone, and of the voucher; EUR."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from conduct.actions import Refused
from documents.wording import figures
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.plans.rules.judging import most_of
from vouchers.awards.models import Voucher
from vouchers.payments.queries import RESERVED, STANDING


def require_within(voucher: Voucher, amounts: Sequence[tuple[int, Decimal]]) -> None:
    """Raise Refused where the amounts (id of the milestone, EUR) go above a milestone or the voucher."""
    _require_within_milestones(voucher, amounts)
    _require_within_voucher(voucher, sum((amount for _pk, amount in amounts), Decimal(0)))


def _require_within_milestones(voucher: Voucher, amounts: Sequence[tuple[int, Decimal]]) -> None:
    """Up to what the plan says of each milestone, and what the call bears above it."""
    tolerance = voucher.award.application.call.claim_tolerance
    asked: dict[int, Decimal] = defaultdict(Decimal)
    for key, amount in amounts:
        asked[key] += amount
    for milestone in Milestone.objects.filter(pk__in=asked).order_by("position"):
        left = most_of(milestone.amount, tolerance) - milestone.claimed
        if asked[milestone.pk] > left:
            raise Refused(
                _(
                    "The lines for “%(title)s” come to %(amount)s EUR; %(left)s EUR of it are left "
                    "to claim."
                )
                % {
                    "title": milestone.title,
                    "amount": figures(asked[milestone.pk]),
                    "left": figures(left),
                }
            )


def _require_within_voucher(voucher: Voucher, total: Decimal) -> None:
    standing = voucher.claims.filter(STANDING, continues=None, is_advance=False).aggregate(
        sum=Sum(RESERVED, default=Decimal(0))
    )
    left = voucher.amount - voucher.released - standing["sum"]
    if total > left:
        raise Refused(
            _("The claim comes to %(amount)s EUR; %(left)s EUR of the voucher are left to claim.")
            % {"amount": figures(total), "left": figures(left)}
        )
