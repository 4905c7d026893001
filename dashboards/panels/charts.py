"""Figures as bars, which pages draw. Amounts are Decimal EUR."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from charts.layouts import BarPicture, Value, bars
from documents.wording import amount, amount_in_text
from reports import queries
from reports.queries import ZERO
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call


def state_bars(call: Call) -> BarPicture:
    """How many sent applications are in each state; one query."""
    values = [
        Value(label, number, text) for label, text, number in queries.applications_by_state(call)
    ]
    headings = (_("State"), _("Applications"))
    return bars("states", _("Applications by state"), values, headings=headings)


def money_bars(call: Call) -> BarPicture:
    """Committed, approved and paid of a call, in EUR, against its budget; one query."""
    sums = Voucher.objects.filter(award__application__call=call).aggregate(
        approved=Sum("approved", default=ZERO), paid=Sum("paid", default=ZERO)
    )
    figures = [
        (_("Committed"), call.committed),
        (_("Approved"), sums["approved"]),
        (_("Paid"), sums["paid"]),
    ]
    title = _("Money, against the budget of %(budget)s") % {"budget": amount_in_text(call.budget)}
    return _of_money(title, figures, axis=call.budget)


def voucher_bars(voucher: Voucher) -> BarPicture:
    """Approved and paid, in EUR, against what the voucher is worth."""
    figures = [(_("Approved"), voucher.approved), (_("Paid"), voucher.paid)]
    return _of_money(_("Of the voucher"), figures, axis=voucher.amount)


def _of_money(title: str, figures: list[tuple[str, Decimal]], *, axis: Decimal) -> BarPicture:
    values = [Value(label, value, amount(value)) for label, value in figures]
    return bars("money", title, values, headings=(_("Amount"), "EUR"), axis=axis)
