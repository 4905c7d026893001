"""What the list of corrections is narrowed to."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clusters.forms.lists import CountryFilter
from conduct.queries.days import today
from lists.forms import ListFilters, WordsFilter
from vouchers.applications.queries import in_application
from vouchers.payments.recoveries.models import AuditBody, Correction


class CorrectionFilters(ListFilters):
    """Text in reference, letter, payee or cluster; country, body, state, and what is overdue."""

    text = WordsFilter(
        "reference",
        "letter",
        "claim__provider__name",
        in_application("claim__voucher__award__application"),
        label=_("Reference, letter, payee or cluster"),
    )
    country = CountryFilter("claim__voucher__award__application__country_id")
    body = django_filters.ChoiceFilter(
        label=_("Who asks"), choices=AuditBody.choices, empty_label=_("All bodies")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Correction.State.choices, empty_label=_("All states")
    )
    overdue = django_filters.ChoiceFilter(
        label=_("Day"),
        choices=[("yes", _("overdue"))],
        empty_label=_("All days"),
        method="that_are_overdue",
    )

    def that_are_overdue(
        self, corrections: QuerySet[Correction], _name: str, _overdue: str
    ) -> QuerySet[Correction]:
        return corrections.filter(state=Correction.State.DEMANDED, due_on__lt=today())
