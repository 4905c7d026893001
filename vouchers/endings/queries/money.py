"""What is still payable of a voucher that ends early, and what is released; EUR."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Sum

from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher
from vouchers.payments.models import UNDECIDED, Claim
from vouchers.payments.queries import RESERVED

_APPROVED = (Claim.State.APPROVED, Claim.State.ORDERED, Claim.State.PAID)


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
    """What is claimed and not decided on yet, what is set aside of claims among it."""
    claims = Claim.objects.filter(voucher=voucher, continues=None)
    undecided = claims.filter(state__in=UNDECIDED).aggregate(
        total=Sum(RESERVED, default=Decimal(0))
    )
    # Also of a claim of which a part was taken in: until that is approved it is committed here.
    parked = claims.filter(state__in=_APPROVED).aggregate(total=Sum("parked", default=Decimal(0)))
    taken_in = Claim.objects.filter(
        voucher=voucher, continues__isnull=False, state__in=UNDECIDED
    ).aggregate(total=Sum("amount", default=Decimal(0)))
    return sum((found["total"] for found in (undecided, parked, taken_in)), Decimal(0))


def to_release(voucher: Voucher, *, but_payable: bool = True) -> Decimal:
    """How much of the voucher is neither approved, nor claimed, nor (`but_payable`) still to claim."""
    kept = voucher.approved + under_way(voucher)
    if but_payable:
        kept += sum((one.unclaimed for one in payable_milestones(voucher)), Decimal(0))
    return max(voucher.amount - kept, voucher.released)
