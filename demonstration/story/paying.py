"""How the people of the story pay: who proposes, who authorises, who makes the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from conduct.queries.days import today
from demonstration.cast import Cast
from demonstration.content.banks import bank_profile
from demonstration.content.papers import paper
from vouchers.payments.batches import actions
from vouchers.payments.batches.models import BankProfile, PaymentBatch
from vouchers.payments.batches.queries import profiles_in_use
from vouchers.payments.batches.rules.days import next_bank_day
from vouchers.payments.claims.actions import is_paid_first, keep_invoice_file
from vouchers.payments.models import Claim, PaymentOrder

if TYPE_CHECKING:
    from .vouchers import VoucherStory


def paying_profile(cast: Cast) -> BankProfile:
    """The account that is paid from: entered by one finance officer, verified by the other, once."""
    standing = profiles_in_use(cast.finance[0]).first()
    if standing is not None:
        return standing
    profile = actions.enter_profile(by=cast.finance[0], **bank_profile())
    return actions.verify_profile(profile, by=cast.finance[1])


def proposed(claims: Sequence[Claim], cast: Cast) -> PaymentBatch:
    """A batch of the claims, for the next day on which the bank works."""
    profile = paying_profile(cast)
    day = next_bank_day(today(), profile.weekend, profile.holidays)
    return actions.propose_batch(profile, claims, execution_on=day, by=cast.finance[0])


def authorised(claims: Sequence[Claim], cast: Cast) -> PaymentBatch:
    """The same, authorised by both coordinators."""
    batch = proposed(claims, cast)
    for signatory in cast.coordinators:
        batch = actions.authorise_batch(batch, by=signatory)
    return batch


def exported(claims: Sequence[Claim], cast: Cast) -> PaymentBatch:
    """The same with its file made: the claims are ordered, their money is in transit."""
    return actions.export_batch(authorised(claims, cast), by=cast.finance[0])


def booked(payment: PaymentOrder, cast: Cast) -> PaymentOrder:
    """What the bank paid today, written down by hand by the other finance officer."""
    return actions.record_payment(
        payment,
        paid_on=today(payment.claim.voucher.country.zone),
        bank_reference=f"BK{payment.claim_id:06d}",
        by=cast.finance[1],
    )


def proof_of(told: VoucherStory, number: str, day: date) -> dict[str, Any]:
    """When the invoice of the `number` was paid, and the bank's paper of it; nothing where none is."""
    if not is_paid_first(told.voucher):
        return {}
    sent = paper(f"bank-{number}.pdf", number, told.provider.name)
    return {
        "paid_on": day,
        "proof": keep_invoice_file(told.voucher, sent, by=told.manager),
    }
