"""The filters of the register of conflicts of interest."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clusters.forms.lists import CountryFilter
from lists.forms import ListFilters, WordsFilter
from vouchers.applications.queries import in_application
from vouchers.calls.forms.lists import CallFilter
from vouchers.scoring.assessing.models import Assignment

_CONFLICT = Q(state=Assignment.State.CONFLICTED)
_OUTCOMES = {
    "conflict": (_("conflict of interest"), _CONFLICT),
    "hint": (_("no conflict declared, though data hint at one"), ~_CONFLICT & ~Q(hints=[])),
    "none": (_("no conflict declared"), ~_CONFLICT),
}


class RegisterFilters(ListFilters):
    """Which declarations the register shows."""

    text = WordsFilter(
        in_application("application"),
        "assessor__full_name",
        label=_("Application or assessor"),
    )
    call = CallFilter("application__call_id")
    country = CountryFilter("application__country_id")
    outcome = django_filters.ChoiceFilter(
        label=_("Outcome"),
        choices=[(key, label) for key, (label, _found) in _OUTCOMES.items()],
        empty_label=_("All outcomes"),
        method="with_outcome",
    )

    def with_outcome(
        self, declarations: QuerySet[Assignment], _name: str, outcome: str
    ) -> QuerySet[Assignment]:
        return declarations.filter(_OUTCOMES[outcome][1])
