"""What the programme has done, over all stages. Amounts are Decimal EUR."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from clusters.queries import published_pages
from conduct.queries.scoping import for_system
from vouchers.applications.models import SENT, Application
from vouchers.assistance.reports.models import FinalReport, PublicationConsent
from vouchers.assistance.reports.queries import with_consent
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call, CountryQuota

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class CountryFigures:
    """One country in one call: applications and vouchers as numbers, money in EUR."""

    quota: CountryQuota
    sent: int
    eligible: int
    awarded: int
    amount: Decimal
    approved: Decimal
    paid: Decimal


@for_system("sums of the programme")
def figures_by_country(call: Call) -> list[CountryFigures]:
    """Each country of the call; three queries."""
    applications = {
        row["country_id"]: row
        for row in Application.objects.filter(SENT, call=call)
        .values("country_id")
        .annotate(
            sent=Count("pk"),
            eligible=Count("pk", filter=~Q(state__in=_NOT_ELIGIBLE)),
        )
    }
    money = {
        row["award__application__country_id"]: row
        for row in Voucher.objects.filter(award__application__call=call)
        .values("award__application__country_id")
        .annotate(value=Sum(F("amount") - F("released")), taken=Sum("approved"), spent=Sum("paid"))
    }
    quotas = call.quotas.filter(vouchers__gt=0).select_related("country__partner")
    return [
        _country_figures(
            quota, applications.get(quota.country_id, {}), money.get(quota.country_id, {})
        )
        for quota in quotas
    ]


_NOT_ELIGIBLE = [
    Application.State.SUBMITTED,
    Application.State.INELIGIBLE,
    Application.State.WITHDRAWN,
]


def _country_figures(
    quota: CountryQuota, counted: Mapping[str, Any], money: Mapping[str, Any]
) -> CountryFigures:
    return CountryFigures(
        quota=quota,
        sent=counted.get("sent", 0),
        eligible=counted.get("eligible", 0),
        awarded=quota.awarded,
        amount=money.get("value", ZERO),
        approved=money.get("taken", ZERO),
        paid=money.get("spent", ZERO),
    )


@dataclass(frozen=True)
class Totals:
    """What the programme has done so far."""

    vouchers: int
    countries: int
    amount: Decimal
    paid: Decimal
    members: int
    women: int


@for_system("sums of the programme")
def totals(call: Call | None = None, *, for_everybody: bool = False) -> Totals:
    """Vouchers given (in `call`), EUR, and the members whom accepted reports name; two queries.

    `for_everybody` counts members only of clusters that let everybody read their figures.
    """
    vouchers = Voucher.objects.all()
    reports = FinalReport.objects.filter(state=FinalReport.State.ACCEPTED)
    if for_everybody:
        reports = with_consent(reports, PublicationConsent.Kind.FIGURES)
    if call is not None:
        vouchers = vouchers.filter(award__application__call=call)
        reports = reports.filter(voucher__award__application__call=call)
    money = vouchers.aggregate(
        number=Count("pk"),
        countries=Count("award__application__country", distinct=True),
        value=Sum(F("amount") - F("released"), default=ZERO),
        spent=Sum("paid", default=ZERO),
    )
    reached = reports.aggregate(
        members=Sum("version__members_reached", default=0),
        women=Sum("version__women_reached", default=0),
    )
    return Totals(
        vouchers=money["number"],
        countries=money["countries"],
        amount=money["value"],
        paid=money["spent"],
        members=reached["members"],
        women=reached["women"],
    )


@for_system("what the programme publishes of itself")
def supported_vouchers(call: Call | None = None) -> QuerySet[Voucher]:
    """The vouchers that the programme gave (in `call`), by country and cluster, for everybody.

    Who received EU money is public; each comes with what `with_public_facts` says.
    """
    vouchers = with_public_facts(Voucher.objects.all())
    if call is not None:
        vouchers = vouchers.filter(award__application__call=call)
    return vouchers.order_by(
        "-award__application__call__opens_at",
        "award__application__country_id",
        "award__application__cluster__name",
    )


def with_public_facts(vouchers: QuerySet[Voucher]) -> QuerySet[Voucher]:
    """The vouchers with plan, provider and report, and whether their cluster has a page (`has_page`)."""
    vouchers = vouchers.select_related(
        "award__application__cluster",
        "award__application__country__partner",
        "award__application__call",
        "plan__in_force__provider",
        "final_report__version",
    )
    page = published_pages().filter(cluster=OuterRef("award__application__cluster"))
    return vouchers.annotate(has_page=Exists(page.order_by()))
