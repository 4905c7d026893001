"""The comparison of quotes as a table for a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from documents.wording import number
from exports.rules.columns import Column, Kind, Table
from vouchers.providers.quotes.models import TermsOfReference
from vouchers.providers.quotes.queries.comparing import QuoteComparison


def comparison_table(terms: TermsOfReference, comparison: QuoteComparison) -> Table:
    """One row for each opened quote, the best first, with its points on every ground."""
    columns = [
        Column("rank", _("Rank"), kind=Kind.NUMBER),
        Column("provider", _("Provider"), kind=Kind.TEXT, width=36),
        Column("price", _("Price (EUR)"), kind=Kind.MONEY),
        Column("quoted", _("As quoted"), kind=Kind.NUMBER, decimals=3),
        Column("currency", _("Currency")),
        Column("units_per_euro", _("Units for 1 EUR"), kind=Kind.NUMBER, decimals=6),
        Column("rate_month", _("Month of the rate")),
        Column("days", _("Days"), kind=Kind.NUMBER, decimals=2),
        Column("rate", _("EUR a day"), kind=Kind.MONEY),
        Column("valid_until", _("Valid until"), kind=Kind.DAY),
        Column("sent_at", _("Sent"), kind=Kind.MOMENT),
        *(
            Column(
                f"points_{ground.position}",
                _("%(ground)s (of %(weight)s points)")
                % {"ground": ground.name, "weight": number(ground.weight)},
                kind=Kind.NUMBER,
                decimals=2,
            )
            for ground in comparison.grounds
        ),
        Column("points", _("Points in all"), kind=Kind.NUMBER, decimals=2),
    ]
    return Table(f"quotes-{terms.voucher.reference}", columns, _rows(comparison))


def _rows(comparison: QuoteComparison) -> Iterator[list[Any]]:
    for one in comparison.quotes:
        yield [
            one.place.rank,
            one.quote.invitation.provider.name,
            one.place.price,
            one.quote.total,
            one.quote.currency,
            one.rate.units_per_euro if one.rate else None,
            one.rate.month if one.rate else "",
            one.days,
            one.daily,
            one.quote.valid_until,
            one.quote.sent_at,
            *(one.place.points[ground.pk] for ground in comparison.grounds),
            one.place.total,
        ]
