"""What somebody wants a report of, and what the list of reports is narrowed to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from clusters.models import Country
from clusters.queries import countries_reached_by
from conduct.forms import DayInput
from conduct.queries.days import today
from lists.forms import FIRST_DAY
from reports.models import PeriodReport
from reports.queries import closed_until
from vouchers.calls.models import Call
from vouchers.calls.queries import calls_visible_to


class _Day(forms.DateField):
    """A day of a period, in the browser's own picker."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, widget=DayInput())

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and value < FIRST_DAY:
            raise forms.ValidationError(_("This day is before anything that the portal knows."))


class ReportedPeriodForm(forms.Form):
    """A call, a country in it or all of them, and a period.

    `kind` is that of the report: progress is reported of one country. What the records can say of the
    period is for the action to judge.
    """

    call = forms.ModelChoiceField(Call.objects.none(), label=_("Call"), to_field_name="slug")
    country = forms.ModelChoiceField(Country.objects.none(), label=_("Country"), required=False)
    first = _Day(pgettext_lazy("a period", "From"))
    last = _Day(pgettext_lazy("a period", "Until"))

    def __init__(self, *args: Any, user: User, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        calls = calls_visible_to(user).exclude(state=Call.State.DRAFT)
        fields["call"].queryset = calls.order_by("-year", "-pk")
        fields["country"].queryset = Country.objects.filter(pk__in=countries_reached_by(user))
        if kind == PeriodReport.Kind.FINANCIAL:
            fields["country"].empty_label = _("All countries")
        else:
            fields["country"].required = True
        # Days that are closed say the same whenever they are reported.
        last = closed_until() or today()
        fields["first"].initial, fields["last"].initial = last.replace(month=1, day=1), last
