"""The lists of claims and of payment orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet, Sum
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from clusters.queries import countries_reached_by
from exports.rules.columns import Column, Kind
from lists.forms import several
from lists.queries import Total
from lists.views import ListPage, Order
from vouchers.calls.models.terms.ways import WayOfUse
from vouchers.calls.queries import call_choices
from vouchers.payments import queries
from vouchers.payments.forms.lists import ClaimFilters, OrderFilters, RateFilters
from vouchers.payments.models import Claim, ExchangeRate, PaymentOrder
from vouchers.payments.permissions import may_enter_rates, may_read_orders
from vouchers.payments.receipts.models import Receipt


def _calls_and_countries(request: PersonRequest) -> dict[str, Any]:
    return {
        "call": several(call_choices(request.user).items()),
        "country": several(countries_reached_by(request.user).items()),
    }


class ClaimList(ListPage):
    """The claims that the person may read."""

    request: PersonRequest

    name = "claims"
    title = _("Claims")
    template = "payments/list.html"
    filter_class = ClaimFilters
    totals = (Total("amount", pgettext_lazy("sum of a list", "claimed"), Sum("amount", default=0)),)
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-submitted_at",)),
        "oldest": Order(_("Oldest first"), ("submitted_at",)),
        "amount": Order(_("Largest amount first"), ("-amount",)),
    }
    columns = (
        Column("number", _("Claim of its voucher"), kind=Kind.NUMBER, value=lambda one: one.number),
        # A part that was set aside stands in the amount of the claim that it is of, too.
        Column(
            "continues",
            _("Part set aside of claim"),
            kind=Kind.NUMBER,
            value=lambda one: one.continues.number if one.continues else None,
        ),
        Column("invoice", _("Invoices"), kind=Kind.TEXT, value=lambda one: one.invoice_numbers),
        Column("voucher", _("Voucher"), kind=Kind.TEXT, value=lambda one: one.voucher.reference),
        Column(
            "cluster",
            _("Cluster"),
            kind=Kind.TEXT,
            value=lambda one: one.voucher.award.application.cluster.name,
        ),
        Column("country", _("Country"), value=lambda one: one.voucher.award.application.country_id),
        Column("provider", _("Provider"), kind=Kind.TEXT, value=lambda one: one.provider.name),
        Column(
            "milestones",
            _("Milestones"),
            kind=Kind.TEXT,
            value=lambda one: ", ".join(one.titles),
        ),
        Column(
            "claimed",
            _("Amounts claimed"),
            kind=Kind.TEXT,
            value=lambda one: "; ".join(one.declared),
        ),
        Column("amount", _("Amount (EUR)"), kind=Kind.MONEY, value=lambda one: one.amount),
        Column("eligible", _("Eligible (EUR)"), kind=Kind.MONEY, value=lambda one: one.eligible),
        Column(
            "way",
            _("Way of use"),
            kind=Kind.STATE,
            value=lambda one: one.way,
            words=dict(WayOfUse.choices),
        ),
        Column("advance", _("Advance"), kind=Kind.YES_NO, value=lambda one: one.is_advance),
        Column(
            "cleared",
            _("Cleared against advances (EUR)"),
            kind=Kind.MONEY,
            value=lambda one: one.cleared,
        ),
        Column(
            "revalued",
            _("Difference of exchange rates (EUR)"),
            kind=Kind.MONEY,
            value=lambda one: one.revalued,
        ),
        Column("deducted", _("Deducted (EUR)"), kind=Kind.MONEY, value=lambda one: one.deducted),
        Column("parked", _("Set aside (EUR)"), kind=Kind.MONEY, value=lambda one: one.parked),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(Claim.State.choices),
        ),
        Column("sent_at", _("Sent (UTC)"), kind=Kind.MOMENT, value=lambda one: one.submitted_at),
        Column(
            "paid_at", _("Payment recorded (UTC)"), kind=Kind.MOMENT, value=lambda one: one.paid_at
        ),
    )

    def records(self) -> QuerySet[Claim]:
        return queries.claims_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[Claim]) -> QuerySet[Claim]:
        shown = records.select_related(
            "voucher__award__application__cluster",
            "voucher__award__application__country",
            "provider",
            "cluster",
            "partner",
        )
        return queries.with_lines(shown)

    def offered(self) -> Mapping[str, Any]:
        return _calls_and_countries(self.request)


class OrderList(ListPage):
    """Every payment order, for those who order, pay or audit."""

    request: PersonRequest

    name = "payment-orders"
    title = _("Payment orders")
    template = "payments/orders.html"
    filter_class = OrderFilters
    totals = (Total("amount", pgettext_lazy("sum of a list", "ordered"), Sum("amount", default=0)),)
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-ordered_at",)),
        "oldest": Order(_("Oldest first"), ("ordered_at",)),
        "amount": Order(_("Largest amount first"), ("-amount",)),
    }
    columns = (
        Column("reference", _("Reference"), kind=Kind.TEXT, value=lambda one: one.reference),
        Column("payee", _("Payee"), kind=Kind.TEXT, value=lambda one: one.payee),
        Column(
            "country",
            _("Country"),
            value=lambda one: one.claim.voucher.award.application.country_id,
        ),
        Column("amount", _("Amount (EUR)"), kind=Kind.MONEY, value=lambda one: one.amount),
        Column("set_off", _("Set off (EUR)"), kind=Kind.MONEY, value=lambda one: one.set_off),
        Column("gross", _("Total (EUR)"), kind=Kind.MONEY, value=lambda one: one.gross),
        Column(
            "ordered_by",
            _("Proposed by"),
            kind=Kind.TEXT,
            value=lambda one: str(one.batch.proposed_by),
        ),
        Column("batch", _("Batch"), kind=Kind.TEXT, value=lambda one: one.batch.reference),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(PaymentOrder.State.choices),
        ),
        Column(
            "ordered_at", _("Proposed (UTC)"), kind=Kind.MOMENT, value=lambda one: one.ordered_at
        ),
        Column("paid_on", _("Paid on"), kind=Kind.DAY, value=lambda one: one.paid_on),
        Column(
            "bank_reference",
            _("Bank’s reference"),
            kind=Kind.TEXT,
            value=lambda one: one.bank_reference,
        ),
        Column(
            "receipt",
            pgettext_lazy("of a payment", "Receipt"),
            kind=Kind.STATE,
            value=lambda one: one.receipt.state if hasattr(one, "receipt") else "",
            words=dict(Receipt.State.choices),
        ),
    )

    def records(self) -> QuerySet[PaymentOrder]:
        if not may_read_orders.test(self.request.user):
            raise Http404
        return queries.orders_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[PaymentOrder]) -> QuerySet[PaymentOrder]:
        return records.select_related(
            "claim__voucher__award__application__country", "batch__proposed_by", "receipt"
        )

    def offered(self) -> Mapping[str, Any]:
        return _calls_and_countries(self.request)

    def context(self) -> dict[str, Any]:
        return {**super().context(), "may_enter_rates": may_enter_rates.test(self.request.user)}


class RateList(ListPage):
    """The monthly accounting rates, those that were corrected too."""

    name = "exchange-rates"
    title = _("Exchange rates")
    template = "payments/rates.html"
    filter_class = RateFilters
    # Of a month and a currency the rate that stands comes first: nothing is greater than any instant.
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-month", "currency", "-replaced_at"))
    }
    columns = (
        Column("month", _("Month"), value=lambda one: one.month),
        Column("currency", _("Currency"), value=lambda one: one.currency),
        Column(
            "units_per_euro",
            _("Units for 1 EUR"),
            kind=Kind.NUMBER,
            value=lambda one: one.units_per_euro,
        ),
        Column("source", _("Source"), value=lambda one: one.get_source_display()),
        Column(
            "entered_by", _("Entered by"), kind=Kind.TEXT, value=lambda one: str(one.entered_by)
        ),
        Column(
            "confirmed_by",
            _("Confirmed by"),
            kind=Kind.TEXT,
            value=lambda one: str(one.confirmed_by or ""),
        ),
        Column(
            "corrected_at",
            _("Corrected (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.replaced_at,
        ),
    )

    def records(self) -> QuerySet[ExchangeRate]:
        return queries.rates()

    def with_facts(self, records: QuerySet[ExchangeRate]) -> QuerySet[ExchangeRate]:
        return records.select_related("entered_by", "confirmed_by", "file", "correction")
