"""Exchange rates and the claims that rest on them."""

from __future__ import annotations

from django.db.models import F, QuerySet

from conduct.queries.scoping import for_system
from vouchers.payments.models import Claim, ExchangeRate

from .claims import STANDING


def rates() -> QuerySet[ExchangeRate]:
    """Every accounting rate that was entered, newest month first, those that were corrected too."""
    return ExchangeRate.objects.select_related("entered_by", "correction").order_by(
        "-month", "currency", F("replaced_at").desc(nulls_first=True)
    )


def rate_for(currency: str, month: str) -> ExchangeRate | None:
    """The accounting rate of a currency in a month (YYYY-MM) that stands, where one is entered."""
    return ExchangeRate.objects.filter(currency=currency, month=month, replaced_at=None).first()


def rate_before(currency: str, month: str) -> ExchangeRate | None:
    """The rate of the nearest earlier month (YYYY-MM), where one stands."""
    earlier = ExchangeRate.objects.filter(currency=currency, month__lt=month, replaced_at=None)
    return earlier.order_by("-month").first()


@for_system("a rate is the programme's: finance officers read every claim")
def claims_on_rate(rate: ExchangeRate) -> QuerySet[Claim]:
    """The standing claims whose euro rest on the rate, with voucher and cluster."""
    return Claim.objects.filter(STANDING, pk__in=rate.claim_lines.values("claim")).select_related(
        "voucher__award__application__cluster"
    )
