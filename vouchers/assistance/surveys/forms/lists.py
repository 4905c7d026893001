"""What the list of surveys is narrowed to."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.forms.lists import CountryFilter
from lists.forms import ListFilters, WordsFilter
from vouchers.applications.queries import in_application
from vouchers.assistance.surveys.models import Survey
from vouchers.assistance.surveys.wording import STANDINGS
from vouchers.calls.forms.lists import CallFilter

_APPLICATION = "voucher__award__application"


class SurveyFilters(ListFilters):
    """Text in the cluster's name or the reference; call, country, and where the survey stands."""

    text = WordsFilter(in_application(_APPLICATION), label=_("Cluster or reference"))
    standing = django_filters.ChoiceFilter(
        label=_("State"),
        choices=list(STANDINGS.items()),
        empty_label=_("All states"),
        method="standing_so",
    )
    call = CallFilter(f"{_APPLICATION}__call_id")
    country = CountryFilter(f"{_APPLICATION}__country_id")

    def standing_so(self, surveys: QuerySet[Survey], _name: str, standing: str) -> QuerySet[Survey]:
        if standing == "answered":
            return surveys.filter(answered_at__isnull=False)
        now = timezone.now()
        unanswered = surveys.filter(answered_at=None)
        if standing == "open":
            return unanswered.filter(ends_at__gte=now)
        return unanswered.filter(ends_at__lt=now)
