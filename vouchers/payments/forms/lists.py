"""What the lists of claims, of payment orders and of rates are narrowed to."""

from __future__ import annotations

from datetime import timedelta

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.forms.lists import CountryFilter
from conduct.queries.days import start_of, today
from lists.forms import DayFilter, DaysForm, ListFilters, WordsFilter
from vouchers.applications.queries import in_application
from vouchers.calls.forms.lists import CallFilter
from vouchers.payments.models import DONE_WITH, Claim, Currency, ExchangeRate, PaymentOrder
from vouchers.payments.queries import invoiced_in, with_what_is_out
from vouchers.payments.queries.rates import UNCONFIRMED


class ClaimFilters(ListFilters):
    """Text in invoice, voucher, cluster or provider; call, country, currency, state and wait."""

    text = WordsFilter(
        "invoice_numbers",
        in_application("voucher__award__application"),
        "provider__name",
        label=_("Invoice, voucher, cluster or provider"),
    )
    call = CallFilter("voucher__award__application__call_id")
    country = CountryFilter("voucher__award__application__country_id")
    currency = django_filters.ChoiceFilter(
        label=_("Currency"),
        choices=Currency.choices,
        empty_label=_("All currencies"),
        method="with_currency",
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Claim.State.choices, empty_label=_("All states")
    )

    parked = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a claim", "Set aside"),
        choices=[("yes", _("something is set aside"))],
        empty_label=_("All claims"),
        method="with_parked",
    )
    waiting = django_filters.ChoiceFilter(
        label=_("Waiting"),
        choices=[
            ("7", _("longer than a week")),
            ("14", _("longer than two weeks")),
            ("30", _("longer than a month")),
        ],
        empty_label=pgettext_lazy("waiting", "Any length of time"),
        method="waiting_longer",
    )

    def waiting_longer(self, claims: QuerySet[Claim], _name: str, days: str) -> QuerySet[Claim]:
        """Those that were sent more than so many days ago and are neither paid nor given up."""
        sent = start_of(today() - timedelta(days=int(days)))
        open_ = claims.exclude(state__in=[*DONE_WITH, Claim.State.PAID])
        return open_.filter(submitted_at__lt=sent)

    advance = django_filters.ChoiceFilter(
        label=_("Advance"),
        choices=[("all", _("advances")), ("out", _("advances that are not cleared"))],
        empty_label=_("All claims"),
        method="with_advance",
    )

    def with_advance(self, claims: QuerySet[Claim], _name: str, which: str) -> QuerySet[Claim]:
        advances = claims.filter(is_advance=True)
        if which == "all":
            return advances
        return with_what_is_out(advances).filter(state=Claim.State.PAID, out__gt=0)

    def with_parked(self, claims: QuerySet[Claim], _name: str, _parked: str) -> QuerySet[Claim]:
        return claims.filter(parked__gt=0).exclude(state__in=DONE_WITH)

    def with_currency(self, claims: QuerySet[Claim], _name: str, currency: str) -> QuerySet[Claim]:
        return invoiced_in(claims, currency)


class _PaidForm(DaysForm):
    first_day, last_day = "paid_from", "paid_until"


class OrderFilters(ListFilters):
    """Text in reference, payee or the bank's reference; call, country, and whether the bank has paid."""

    text = WordsFilter(
        "reference", "payee", "bank_reference", label=_("Reference, payee or bank’s reference")
    )
    call = CallFilter("claim__voucher__award__application__call_id")
    country = CountryFilter("claim__voucher__award__application__country_id")
    paid = django_filters.ChoiceFilter(
        label=pgettext_lazy("of payment orders", "Payment"),
        choices=[("yes", _("paid")), ("no", _("to be recorded"))],
        empty_label=_("All orders"),
        method="with_payment",
    )
    paid_from = DayFilter(label=pgettext_lazy("of payment orders", "Paid from"))
    paid_until = DayFilter(label=pgettext_lazy("of payment orders", "Paid until"))

    class Meta:
        form = _PaidForm

    def filter_queryset(self, queryset: QuerySet[PaymentOrder]) -> QuerySet[PaymentOrder]:
        found, days = super().filter_queryset(queryset), self.form.cleaned_data
        if days.get("paid_from"):
            found = found.filter(paid_on__gte=days["paid_from"])
        if days.get("paid_until"):
            found = found.filter(paid_on__lte=days["paid_until"])
        return found

    def with_payment(
        self, orders: QuerySet[PaymentOrder], _name: str, paid: str
    ) -> QuerySet[PaymentOrder]:
        if paid == "yes":
            return orders.filter(state=PaymentOrder.State.PAID)
        return orders.filter(state__in=[PaymentOrder.State.PROPOSED, PaymentOrder.State.SENT])


class RateFilters(ListFilters):
    """The month and the currency."""

    month = WordsFilter("month", label=_("Month (YYYY-MM)"), max_length=7)
    currency = django_filters.ChoiceFilter(
        label=_("Currency"), choices=Currency.choices, empty_label=_("All currencies")
    )
    waiting = django_filters.ChoiceFilter(
        label=_("Confirmation"),
        choices=[("yes", _("waits for a second person"))],
        empty_label=_("All rates"),
        method="with_waiting",
    )

    def with_waiting(
        self, rates: QuerySet[ExchangeRate], _name: str, _waiting: str
    ) -> QuerySet[ExchangeRate]:
        return rates.filter(UNCONFIRMED)
