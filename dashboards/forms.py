"""What the lists of vouchers and of sent notices are narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.forms.lists import CountryFilter
from lists.forms import ListFilters, WordsFilter
from notices.models import Notice
from vouchers.awards.models import Voucher
from vouchers.calls.forms.lists import CallFilter


class VoucherFilters(ListFilters):
    """Text in reference or name, call and country, and the state of the voucher."""

    text = WordsFilter(
        "award__application__reference",
        "award__application__cluster__name",
        "award__application__cluster__aliases",
        label=_("Reference or cluster"),
    )
    call = CallFilter("award__application__call_id")
    country = CountryFilter("award__application__country_id")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Voucher.State.choices, empty_label=_("All states")
    )


class OutboxFilters(ListFilters):
    """Text in subject, name or address, and whether it arrived."""

    text = WordsFilter(
        "subject", "recipient__full_name", "recipient__email", label=_("Person or subject")
    )
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("notice", "Delivery"),
        choices=Notice.State.choices,
        empty_label=_("All states"),
    )
