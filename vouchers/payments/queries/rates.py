"""Exchange rates, the files that they come from, and the claims that rest on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from django.db.models import F, Q, QuerySet

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.payments.models import (
    UNDECIDED,
    Claim,
    ClaimLine,
    ExchangeRate,
    FinalRate,
    RateFile,
)
from vouchers.payments.permissions import may_confirm_rates
from vouchers.payments.rules.final_rates import final_with
from vouchers.payments.rules.rate_files import FiledRate
from vouchers.payments.rules.rates import is_unusual

from .claims import STANDING

# What claims take: it stands, and a file or a second person vouches for it.
COUNTS = Q(replaced_at=None) & (Q(source=ExchangeRate.Source.FILE) | Q(confirmed_at__isnull=False))
UNCONFIRMED = Q(replaced_at=None, source=ExchangeRate.Source.HAND, confirmed_at=None)


def rates() -> QuerySet[ExchangeRate]:
    """Every accounting rate that was entered, newest month first, those that were corrected too."""
    return ExchangeRate.objects.select_related(
        "entered_by", "confirmed_by", "file", "correction"
    ).order_by("-month", "currency", F("replaced_at").desc(nulls_first=True))


def rate_for(currency: str, month: str) -> ExchangeRate | None:
    """The accounting rate of a currency in a month (YYYY-MM) that claims take, where there is one."""
    return ExchangeRate.objects.filter(COUNTS, currency=currency, month=month).first()


def final_rates_of(claim: Claim, lines: Iterable[ClaimLine]) -> list[FinalRate]:
    """What was said of the final rate of a claim, the newest first, each with its lines.

    None, and nothing is asked, where no line is in another currency.
    """
    if not any(line.rate_id for line in lines):
        return []
    return list(claim.final_rates.prefetch_related("lines__line__invoice").order_by("-number"))


def is_final_later(claim: Claim, lines: Iterable[ClaimLine]) -> bool:
    """Whether the claim stands at the rate of its submission until another month is known."""
    rule = claim.voucher.award.application.call.rate_month_rule
    return (
        claim.state in (*UNDECIDED, Claim.State.APPROVED)
        and bool(final_with(rule, claim.way))
        and any(line.rate_id for line in lines)
        and not claim.final_rates.exists()
    )


def is_unconfirmed(currency: str, month: str) -> bool:
    """Whether the rate of the month was entered by hand, and no second person has confirmed it."""
    return ExchangeRate.objects.filter(UNCONFIRMED, currency=currency, month=month).exists()


def rates_to_confirm(user: User) -> QuerySet[ExchangeRate]:
    """What others entered by hand and the person may confirm, the oldest first."""
    if not may_confirm_rates.test(user):
        return ExchangeRate.objects.none()
    return ExchangeRate.objects.filter(UNCONFIRMED).exclude(entered_by=user).order_by("entered_at")


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


class RateChange(Enum):
    """What taking a rate of a file over does to the table."""

    NEW = "new"
    SAME = "same"
    CORRECTS = "corrects"
    # Another rate stands there, and claims rest on it.
    STAYS = "stays"


@dataclass(frozen=True)
class RateComparison:
    """A rate of a file beside the one that the table has of its month, and what taking it over does.

    `before` is how many units the nearest earlier month has, of the table or the file.
    """

    filed: FiledRate
    change: RateChange
    standing: ExchangeRate | None
    before: Decimal | None

    @property
    def writes(self) -> bool:
        """Whether the table changes."""
        return self.change in (RateChange.NEW, RateChange.CORRECTS)

    @property
    def is_unusual(self) -> bool:
        """Whether it looks like a slip: it is asked about before it is taken over."""
        return self.writes and is_unusual(self.filed.currency, self.filed.units, self.before)


def rate_files() -> QuerySet[RateFile]:
    """The files of rates that were uploaded, without their bytes; newest first."""
    return RateFile.objects.defer("content").select_related("uploaded_by", "taken_by")


def filed_rates(file: RateFile) -> list[FiledRate]:
    """What the file says, by month and currency."""
    return sorted(
        FiledRate(one["month"], one["currency"], Decimal(one["units"])) for one in file.entries
    )


@for_system("a rate is the programme's: finance officers read every claim")
def compared(filed: Iterable[FiledRate]) -> list[RateComparison]:
    """The rates of a file beside the table, by month and currency; three queries."""
    filed = sorted(filed)
    currencies = {one.currency for one in filed}
    table = ExchangeRate.objects.filter(currency__in=currencies, replaced_at=None)
    standing = {(one.currency, one.month): one for one in table.select_related("entered_by")}
    resting = Claim.objects.filter(STANDING, lines__rate__in=[one.pk for one in standing.values()])
    in_use = set(resting.values_list("lines__rate", flat=True))
    known = {key: one.units_per_euro for key, one in standing.items()}
    known |= {(one.currency, one.month): one.units for one in filed}
    months: dict[str, list[str]] = {currency: [] for currency in currencies}
    for currency, month in sorted(known):
        months[currency].append(month)
    return [
        RateComparison(
            one,
            _change(one, found := standing.get((one.currency, one.month)), in_use),
            found,
            _before(one, months[one.currency], known),
        )
        for one in filed
    ]


def _change(filed: FiledRate, standing: ExchangeRate | None, in_use: set[int]) -> RateChange:
    if standing is None:
        return RateChange.NEW
    if standing.counts and standing.units_per_euro == filed.units:
        return RateChange.SAME
    return RateChange.STAYS if standing.pk in in_use else RateChange.CORRECTS


def _before(
    filed: FiledRate, months: list[str], known: dict[tuple[str, str], Decimal]
) -> Decimal | None:
    """What the nearest earlier of the sorted `months` has: a file may say all since 1999."""
    place = bisect_left(months, filed.month)
    return known[filed.currency, months[place - 1]] if place else None
