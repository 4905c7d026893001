"""What everybody sees of a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vouchers.assistance.reports.queries import Published, published_reports
from vouchers.awards.models import Voucher

from .indicators import ShownIndicator, shown_indicators


@dataclass(frozen=True)
class PublicReport:
    """What of an accepted report is public now, with its indicators as they are shown."""

    told: Published
    indicators: list[ShownIndicator]


def public_reports(vouchers: Iterable[Voucher]) -> dict[int, PublicReport]:
    """What may be shown of the reports of these vouchers, by the id of the voucher."""
    return {
        pk: PublicReport(
            told,
            shown_indicators(
                ((str(one.key), one.code, one, one.value, "", "", None) for one in told.indicators),
                name=f"reached-{pk}",
            ),
        )
        for pk, told in published_reports(vouchers).items()
        if told.is_anything
    }
