"""What the lists of the ledger are narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from clusters.forms.lists import CountryFilter
from lists.forms import ListFilters, WordsFilter
from vouchers.applications.queries import in_application
from vouchers.books.models import LedgerAccount, LedgerEntry


class AccountFilters(ListFilters):
    """Text in voucher or cluster; call, country and kind of account."""

    text = WordsFilter("reference", in_application("application"), label=_("Voucher or cluster"))
    call = django_filters.ChoiceFilter(
        field_name="call__slug", label=_("Call"), empty_label=_("All calls")
    )
    country = CountryFilter("application__country_id")
    kind = django_filters.ChoiceFilter(
        label=_("Account"), choices=LedgerAccount.Kind.choices, empty_label=_("All accounts")
    )


class LegFilters(ListFilters):
    """The kind of movement."""

    kind = django_filters.ChoiceFilter(
        field_name="entry__kind",
        label=_("Movement"),
        choices=LedgerEntry.Kind.choices,
        empty_label=_("All movements"),
    )


class EntryFilters(ListFilters):
    """The kind of movement."""

    kind = django_filters.ChoiceFilter(
        label=_("Movement"), choices=LedgerEntry.Kind.choices, empty_label=_("All movements")
    )


class SealFilters(ListFilters):
    """The call."""

    call = django_filters.ChoiceFilter(
        field_name="call__slug", label=_("Call"), empty_label=_("All calls")
    )


class EarlierFilters(ListFilters):
    """Text in cluster or programme; the country."""

    text = WordsFilter("cluster__name", "programme", label=_("Cluster or programme"))
    country = CountryFilter("cluster__country_id")
