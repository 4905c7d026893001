"""Which vouchers are late."""

from __future__ import annotations

from django.db.models import F, QuerySet

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.standing.models import Light


def late_vouchers(user: User) -> QuerySet[Voucher]:
    """The late vouchers that the person may read, with where they stand; longest waiting first."""
    return (
        vouchers_visible_to(user)
        .filter(state=Voucher.State.ACTIVE, standing__light=Light.RED)
        .select_related("standing")
        .order_by(F("standing__since").asc(nulls_last=True), "pk")
    )
