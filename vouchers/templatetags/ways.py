"""What pages and letters say of the way in which a voucher is used."""

from __future__ import annotations

from typing import Any

from django import template

from vouchers.awards.models import Voucher
from vouchers.calls.wording import ways
from vouchers.payments.permissions import may_submit_claim
from vouchers.payments.queries import advances_of, left_to_advance, out_of, tranche_of

register = template.Library()
register.filter("who_is_paid", ways.who_is_paid)
register.filter("what_to_hand_in", ways.what_to_hand_in)


@register.inclusion_tag("payments/_way.html", takes_context=True)
def way_panel(context: template.Context, voucher: Voucher) -> dict[str, Any]:
    """Who is paid, what is handed in, and where the advances of a voucher stand."""
    call = voucher.award.application.call
    found: dict[str, Any] = {"call": call, "voucher": voucher}
    if not call.advance_share:
        return found
    left = left_to_advance(voucher)
    may_ask = voucher.is_open and may_submit_claim.test(context["request"].user, voucher)
    return {
        **found,
        "advances": advances_of(voucher),
        "tranche": tranche_of(voucher),
        "out": out_of(voucher),
        "left": left,
        "may_ask": may_ask and left > 0,
    }
