"""The vouchers of a person's own clusters."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from accounts.models import User
from conduct.queries.days import today
from vouchers.assistance.surveys.queries import awaited_surveys
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to

from .waiting import NAMED


@dataclass(frozen=True)
class OwnVoucher:
    """A voucher of a person's cluster, and whether something comes next for it."""

    voucher: Voucher
    goes_on: bool


def vouchers_of(user: User) -> list[OwnVoucher]:
    """The vouchers that the person reads, those with a next step first, then the newest.

    A voucher goes on or rests, ended early but may still be claimed, or is asked about again. One query.
    """
    open_ = Q(state__in=[Voucher.State.ACTIVE, Voucher.State.SUSPENDED])
    claimable = Q(state=Voucher.State.TERMINATED, claims_until__gte=today())
    asked_about = Q(pk__in=awaited_surveys().values("voucher"))
    goes_on = ExpressionWrapper(open_ | claimable | asked_about, output_field=BooleanField())
    found = vouchers_visible_to(user).annotate(goes_on=goes_on).select_related("standing")
    vouchers = []
    for voucher in found.order_by("-goes_on", "-issued_at", "-pk")[:NAMED]:
        if hasattr(voucher, "standing"):
            voucher.standing.voucher = voucher
        vouchers.append(OwnVoucher(voucher, voucher.goes_on))
    return vouchers
