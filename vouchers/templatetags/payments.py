"""What pages say of who is paid, of receipts of payees, and of corrections after audit."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import User
from vouchers.assistance.delivery.queries import unconfirmed_sessions
from vouchers.assistance.delivery.wording import sentence_of_waiting
from vouchers.awards.models import Voucher
from vouchers.calls.wording import ways
from vouchers.payments.actions import what_keeps_open
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.permissions import may_read_orders, may_submit_claim
from vouchers.payments.queries import advances_of, left_to_advance, out_of, tranche_of
from vouchers.payments.receipts.models import ReceiptAnswer
from vouchers.payments.receipts.permissions import may_read_receipts
from vouchers.payments.receipts.queries import receipt_of, receipt_states_of
from vouchers.payments.receipts.wording import sentence_of_answer
from vouchers.payments.recoveries.permissions import may_propose_correction
from vouchers.payments.recoveries.queries import corrections_of

register = template.Library()
register.filter("who_is_paid", ways.who_is_paid)
register.filter("what_to_hand_in", ways.what_to_hand_in)


@register.filter
def reads_orders(user: User) -> bool:
    """Whether the person may open batches and lines of the bank; others are led to neither."""
    return bool(may_read_orders.test(user))


@register.filter
def payee_said(answer: ReceiptAnswer) -> str:
    """What a payee answered, as a sentence."""
    return sentence_of_answer(answer)


@register.simple_tag
def keeps_from_closing(voucher: Voucher) -> dict[str, Any]:
    """Why the voucher cannot be closed yet: the sentences, and the sessions that still wait."""
    sessions = unconfirmed_sessions(voucher)
    found = list(what_keeps_open(voucher))
    if sessions:
        found.append(sentence_of_waiting(sessions))
    return {"sentences": found, "sessions": sessions}


@register.inclusion_tag("receipts/_panel.html", takes_context=True)
def receipts_panel(context: template.Context, voucher: Voucher) -> dict[str, Any]:
    """Where the receipts of a voucher stand, for whoever reads it; staff are led to each."""
    return {
        "receipts": receipt_states_of(voucher, context["request"].user),
        "may_read": may_read_receipts.test(context["request"].user),
    }


@register.inclusion_tag("receipts/_row.html", takes_context=True)
def receipt_row(context: template.Context, order: PaymentOrder) -> dict[str, Any]:
    """Whether the payee of a payment has confirmed it; for who reads orders."""
    return {"receipt": receipt_of(order, context["request"].user)}


@register.inclusion_tag("recoveries/_panel.html", takes_context=True)
def corrections_panel(
    context: template.Context, voucher: Voucher, claim: Claim | None = None
) -> dict[str, Any]:
    """The corrections of a voucher, or of one claim of it, as far as the person may read them."""
    found = corrections_of(voucher, context["request"].user)
    if claim is not None:
        found = [one for one in found if one.claim_id == claim.pk]
    return {"corrections": found}


@register.filter
def may_be_corrected_by(claim: Claim, user: User) -> bool:
    """Whether the person may propose to correct the claim, which is paid."""
    return claim.state == Claim.State.PAID and bool(may_propose_correction.test(user))


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
