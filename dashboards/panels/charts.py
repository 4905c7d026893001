"""Figures as bars, which pages draw. Amounts are Decimal EUR."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from documents.wording import amount
from reports.queries import ZERO
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: its label, its figure as text, and its share of the axis (0 to 100)."""

    label: str
    text: str
    share: int


def bars(figures: list[tuple[str, str, Decimal | int]], *, axis: Decimal | int = 0) -> list[Bar]:
    """Bars for (label, text, value), drawn against `axis` or, where it is 0, the largest value."""
    longest = axis or max((value for _label, _text, value in figures), default=0)
    return [
        Bar(label, text, round(100 * value / longest) if longest else 0)
        for label, text, value in figures
    ]


def money_bars(call: Call) -> list[Bar]:
    """Committed, approved and paid of a call, in EUR, against its budget; one query."""
    sums = Voucher.objects.filter(award__application__call=call).aggregate(
        approved=Sum("approved", default=ZERO), paid=Sum("paid", default=ZERO)
    )
    figures = [
        (_("Committed"), call.committed),
        (_("Approved"), sums["approved"]),
        (_("Paid"), sums["paid"]),
    ]
    return bars([(label, amount(value), value) for label, value in figures], axis=call.budget)


def voucher_bars(voucher: Voucher) -> list[Bar]:
    """Approved and paid, in EUR, against what the voucher is worth."""
    figures = [(_("Approved"), voucher.approved), (_("Paid"), voucher.paid)]
    return bars([(label, amount(value), value) for label, value in figures], axis=voucher.amount)
