"""Who is kept from signing or booking a batch of payments, by the policies of its claims."""

from __future__ import annotations

from typing import Protocol

from django.db.models import Q

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.payments.control.rules.separations import FLOOR, Duty, kept_from, pair
from vouchers.payments.models.claims import Claim

from .people import keeping_from


class _Batch(Protocol):
    """What is asked of a batch (vouchers.payments.batches, a room above)."""

    pk: int
    proposed_by_id: int

    @property
    def signatories(self) -> set[int]: ...


@for_system("asked of a batch that the page has found")
def kept_from_batch(user: User, duty: Duty, batch: _Batch) -> bool:
    """Whether the floor, or the policy of any claim of the batch, keeps the person from the duty.

    At most one query.
    """
    done = {Duty.PROPOSER: {batch.proposed_by_id}, Duty.SIGNATORY: batch.signatories}
    if kept_from(duty, user.pk, done, FLOOR):
        return True
    kept = keeping_from(duty, user)
    if duty == Duty.BOOKER and user.pk == batch.proposed_by_id:
        kept |= Q(policy__apart__contains=[pair(Duty.PROPOSER, duty)])
    return Claim.objects.filter(kept, payment_orders__batch=batch.pk).exists()
