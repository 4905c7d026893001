"""A voucher at the gate of payment, and a claim on it."""

from __future__ import annotations

from decimal import Decimal

from demonstration.story.paying import exported
from tests.making import pdf, today_there
from vouchers.payments import actions
from vouchers.payments.batches.actions import record_payment
from vouchers.payments.claims.actions import (
    InvoiceTyped,
    LineTyped,
    keep_invoice_file,
    submit_claim,
)
from vouchers.payments.models import PaymentOrder


def claim(milestone, by, *, amount="3000.00", currency="EUR", day=None, number="F-1", **more):
    """Claim a milestone by one invoice of one line; the file differs with the number.

    `total` is what the whole invoice comes to, where that is more.
    """
    line = LineTyped(milestone, Decimal(amount))
    total = more.pop("total", None) or amount
    voucher = milestone.plan.voucher
    asked = invoice(
        voucher, by, line, total=total, currency=currency, day=day, number=number, **more
    )
    return submit_claim(voucher, invoices=[asked], by=by)


def invoice(voucher, by, *lines, total=None, currency="EUR", day=None, number="F-1", **more):
    """An invoice as it is typed, with its file; without a `total` it is what its lines come to."""
    upload = more.pop("upload", None) or pdf(text=number)
    net = Decimal(total) if total is not None else sum(line.declared for line in lines)
    return InvoiceTyped(
        number=number,
        invoiced_on=day or today_there(),
        currency=currency,
        net=net - more.get("vat", 0),
        file=keep_invoice_file(voucher, upload, by=by),
        lines=list(lines),
        **more,
    )


def line(milestone, amount, purpose=""):
    return LineTyped(milestone, Decimal(amount), purpose)


def typed(milestone, **changed):
    """What the page sends of a claim with one invoice and one line, by the names of its boxes.

    `line_…` are boxes of the line; what begins with no box of the invoice is sent as it is.
    """
    values = {
        "number": "F-77",
        "invoiced_on": today_there().isoformat(),
        "currency": "TND",
        "net": "33.50",
        "vat": "",
        "vat_rule": "none",
        "upload": pdf(),
        "line_milestone": milestone.pk,
        "line_declared": changed.get("net", "33.50"),
        "line_purpose": "",
        **changed,
    }
    named = {"window": "one", "version": "0"}
    for name, value in values.items():
        if name.startswith("line_"):
            named[f"invoices-0-lines-0-{name.removeprefix('line_')}"] = value
        elif name in ("do", "seen", "version", "window"):
            named[name] = value
        else:
            named[f"invoices-0-{name}"] = value
    return named


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
