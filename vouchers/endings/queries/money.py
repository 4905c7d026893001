"""What is still payable of a voucher that ends early, and what is released; EUR."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Sum

from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher
from vouchers.payments.models import Claim

_UNDER_WAY = (Claim.State.SUBMITTED, Claim.State.VERIFIED)


def payable_milestones(voucher: Voucher) -> list[Milestone]:
    """The accepted milestones of the plan in force of which something is left to claim."""
    return list(
        Milestone.objects.filter(
            plan__voucher=voucher,
            removed_in=None,
            claimed__lt=F("amount"),
            deliverables__state=Deliverable.State.ACCEPTED,
        )
        .distinct()
        .order_by("position")
    )


def under_way(voucher: Voucher) -> Decimal:
    """What is claimed and not decided on yet."""
    claims = Claim.objects.filter(voucher=voucher, state__in=_UNDER_WAY)
    return claims.aggregate(total=Sum("amount", default=Decimal(0)))["total"]


def to_release(voucher: Voucher, *, but_payable: bool = True) -> Decimal:
    """How much of the voucher is neither approved, nor claimed, nor (`but_payable`) still to claim."""
    kept = voucher.approved + under_way(voucher)
    if but_payable:
        kept += sum((one.unclaimed for one in payable_milestones(voucher)), Decimal(0))
    return max(voucher.amount - kept, voucher.released)
