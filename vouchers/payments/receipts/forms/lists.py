"""What the list of receipts is narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from clusters.forms.lists import CountryFilter
from lists.forms import ListFilters, WordsFilter
from vouchers.payments.receipts.models import Receipt


class ReceiptFilters(ListFilters):
    """Text in payment or payee; country and state."""

    text = WordsFilter("order__reference", "order__payee", label=_("Payment or payee"))
    country = CountryFilter("order__claim__voucher__award__application__country_id")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Receipt.State.choices, empty_label=_("All states")
    )
