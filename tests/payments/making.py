"""A voucher at the gate of payment, and a claim on it."""

from __future__ import annotations

from decimal import Decimal

from tests.making import pdf, today_there
from vouchers.payments import actions


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
    """A rate of this month, or another, which a second person has confirmed."""
    return actions.confirm_rate(
        typed_rate(told, currency, units, month=month, **more), by=told.cast.finance[1]
    )


def typed_rate(told, currency, units, *, month=None, **more):
    """A rate that waits until a second person has confirmed it."""
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


def ordered(told, milestone, **more):
    """The order of an approved claim."""
    return actions.order_payment(approved(told, milestone, **more), by=told.cast.finance[0])


def paid(told, milestone, *, reference="BK1", **more):
    """An order that the bank has paid."""
    return actions.record_payment(
        ordered(told, milestone, **more),
        paid_on=today_there(),
        bank_reference=reference,
        by=told.cast.finance[1],
    )
