"""A voucher at the gate of payment, and a claim on it."""

from __future__ import annotations

from decimal import Decimal

from demonstration.story.paying import exported
from tests.making import pdf, today_there
from vouchers.payments import actions
from vouchers.payments.batches.actions import record_payment
from vouchers.payments.models import PaymentOrder


def claim(milestone, by, *, amount="3000.00", currency="EUR", day=None, number="F-1", **more):
    """Claim a milestone; the file differs with the number."""
    return actions.submit_claim(
        milestone,
        invoice_number=number,
        invoice_date=day or today_there(),
        currency=currency,
        currency_amount=Decimal(amount),
        upload=more.pop("upload", None) or pdf(text=number),
        by=by,
        **more,
    )


def rate(told, currency, units, *, month=None, **more):
    """Enter a rate of this month, or another."""
    return actions.enter_rate(
        currency=currency,
        month=month or f"{today_there():%Y-%m}",
        units_per_euro=Decimal(units),
        by=told.cast.finance[0],
        **more,
    )


def approved(told, milestone, **more):
    """A claim that a coordinator approved."""
    found = claim(milestone, told.manager, **more)
    actions.verify_claim(found, by=told.officer)
    return actions.approve_claim(found, by=told.cast.coordinators[0])


def order_of(claim, cast):
    """The order of a claim, in a batch of its own that two have authorised, with its file made."""
    exported([claim], cast)
    return PaymentOrder.objects.filter(claim=claim).latest("pk")


def ordered(told, milestone, **more):
    """The order of an approved claim."""
    return order_of(approved(told, milestone, **more), told.cast)


def paid(told, milestone, *, reference="BK1", **more):
    """An order that the bank has paid."""
    return record_payment(
        ordered(told, milestone, **more),
        paid_on=today_there(),
        bank_reference=reference,
        by=told.cast.finance[1],
    )
