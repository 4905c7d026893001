"""Records of needs and what they hold, scoped to who asks."""

from __future__ import annotations

from django.db.models import QuerySet

from vouchers.assistance.needs.models import Need, NeedsRecord
from vouchers.awards.models import Voucher


def record_in_force(voucher: Voucher) -> NeedsRecord | None:
    """The record of needs that cluster and partner confirmed last, where there is one."""
    return NeedsRecord.objects.filter(voucher=voucher, state=NeedsRecord.State.CONFIRMED).first()


def needs_in_force(voucher: Voucher) -> QuerySet[Need]:
    """The needs of the record in force, in the order of the themes; none before one is confirmed."""
    return (
        Need.objects.filter(record__voucher=voucher, record__state=NeedsRecord.State.CONFIRMED)
        .select_related("theme")
        .order_by("theme__position", "position", "pk")
    )
