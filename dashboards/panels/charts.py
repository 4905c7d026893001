"""Figures as bars, which pages draw. Amounts are Decimal EUR."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from charts.layouts import BarPicture, Value, bars
from documents.wording import amount
from vouchers.awards.models import Voucher


def voucher_bars(voucher: Voucher) -> BarPicture:
    """Approved and paid, in EUR, against what the voucher is worth."""
    figures = [(_("Approved"), voucher.approved), (_("Paid"), voucher.paid)]
    return _of_money(_("Of the voucher"), figures, axis=voucher.amount)


def _of_money(title: str, figures: list[tuple[str, Decimal]], *, axis: Decimal) -> BarPicture:
    values = [Value(label, value, amount(value)) for label, value in figures]
    return bars("money", title, values, headings=(_("Amount"), "EUR"), axis=axis)
