"""Who is kept from signing or booking a batch of payments, by the policies of its claims."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.db.models import Q

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.payments.control.rules.separations import FLOOR, Duty, kept_from, pair
from vouchers.payments.models.claims import Claim
from vouchers.payments.models.orders import PaymentOrder

from .people import keeping_from


class _Batch(Protocol):
    """What is asked of a batch (vouchers.payments.batches, a room above)."""

    pk: int
    proposed_by_id: int

    @property
    def signatories(self) -> set[int]: ...


@for_system("asked of batches that the page has found")
def batches_kept_from(user: User, duty: Duty, batches: Iterable[_Batch]) -> set[int]:
    """The keys of those batches from whose duty the floor, or a policy of theirs, keeps the person.

    At most one query, however many batches.
    """
    kept, asked, own = set(), [], []
    for batch in batches:
        done = {Duty.PROPOSER: {batch.proposed_by_id}, Duty.SIGNATORY: batch.signatories}
        if kept_from(duty, user.pk, done, FLOOR):
            kept.add(batch.pk)
            continue
        asked.append(batch.pk)
        if duty == Duty.BOOKER and user.pk == batch.proposed_by_id:
            own.append(batch.pk)
    if not asked:
        return kept
    of_claims = Q(claim__in=Claim.objects.filter(keeping_from(duty, user)).values("pk"))
    if own:
        apart = [pair(Duty.PROPOSER, duty)]
        of_claims |= Q(batch__in=own, claim__policy__apart__contains=apart)
    payments = PaymentOrder.objects.filter(of_claims, batch__in=asked).order_by()
    return kept | set(payments.values_list("batch", flat=True).distinct())
