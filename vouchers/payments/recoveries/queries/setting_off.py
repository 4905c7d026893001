"""What payees owe of corrections that finance sets off, and against which claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Sum

from conduct.queries.scoping import for_system
from vouchers.payments.models import Claim
from vouchers.payments.queries import of_payees
from vouchers.payments.recoveries.models import Correction, Recovery
from vouchers.payments.recoveries.rules.setting_off import Due, Owed, SetOff, set_off

_LIVE = (Recovery.State.WAITING, Recovery.State.ENTERED)


def open_of(correction: Correction) -> Decimal:
    """EUR of a correction that nobody wrote down yet as received, set off or waived."""
    parts = correction.parts.filter(state__in=_LIVE)
    written: Decimal = parts.aggregate(it=Sum("amount", default=Decimal(0)))["it"]
    return correction.amount - written


@for_system("who proposes a batch reads all claims of it")
def owed_by_payees_of(claims: Sequence[Claim]) -> list[Owed]:
    """What is open of what the payees of these claims owe and is to be set off, the oldest first."""
    found = Correction.objects.filter(
        of_payees(claims, "claim__"), state__in=Correction.OPEN, set_off_at__isnull=False
    ).select_related(
        *("claim__provider", "claim__cluster", "claim__partner"),
        "claim__voucher__award__application",
    )
    taken = dict(
        Recovery.objects.filter(correction__in=found, state__in=_LIVE)
        .order_by()
        .values_list("correction")
        .annotate(it=Sum("amount"))
    )
    return [
        Owed(
            one.pk,
            one.claim.payee_key,
            one.claim.voucher.award.application.call_id,
            one.amount - taken.get(one.pk, Decimal(0)),
        )
        for one in found.order_by("decided_at", "pk")
    ]


def planned_set_offs(claims: Sequence[Claim]) -> dict[int, list[SetOff]]:
    """By claim: what would be set off if these were paid together now; two queries."""
    dues = [
        Due(claim.pk, claim.payee_key, claim.voucher.award.application.call_id, claim.payable)
        for claim in claims
    ]
    found: dict[int, list[SetOff]] = defaultdict(list)
    for one in set_off(dues, owed_by_payees_of(claims)):
        found[one.claim].append(one)
    return found
