"""The amendments of an agreement, as the page of its voucher shows them."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.awards.queries.countersigning import SignedAgreement
from vouchers.endings.amendments.models import Amendment
from vouchers.endings.amendments.permissions import may_draw_up
from vouchers.endings.amendments.queries.amendable import can_be_amended


def amendments_panel(
    voucher: Voucher, agreement: SignedAgreement | None, amendments: list[Amendment], user: User
) -> dict[str, Any]:
    """All of them, the newest first, and whether the person may draw up another."""
    return {
        "amendments": amendments,
        "may_amend": agreement is not None
        and may_draw_up.test(user, voucher)
        and can_be_amended(voucher, user),
    }
