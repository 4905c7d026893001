"""The terms of a call: texts, timetable and money; how many vouchers each country has."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nModelForm

from clusters.models import Country
from conduct.forms import DayInput
from inputs.forms.fields import MoneyField, WholeField, YearField
from inputs.forms.languages import in_each_language
from inputs.forms.widgets import CodeInput, PlainDateTimeInput
from vouchers.calls.models import Call, CountryQuota

from .fields import ProgrammeEndField, ProgrammeTimeField

TEXTS = ("name", "purpose", "slug", "programme_code", "year")
TIMETABLE = (
    "opens_at",
    "questions_until",
    "deadline",
    "decision_due",
    "assistance_starts",
    "assistance_ends",
)
MONEY = (
    "voucher_amount",
    "budget",
    "third_party_ceiling",
    "unfilled_quota",
    "days_to_accept",
    "days_on_reserve",
    "days_to_appeal",
    "max_files",
)
DAYS = ("decision_due", "assistance_starts", "assistance_ends")
NUMBERS = {
    "year": YearField,
    "voucher_amount": MoneyField,
    "budget": MoneyField,
    "third_party_ceiling": MoneyField,
    "days_to_accept": WholeField,
    "days_on_reserve": WholeField,
    "days_to_appeal": WholeField,
    "max_files": WholeField,
}
WIDGETS = {
    "slug": CodeInput(),
    "programme_code": CodeInput(),
    **{name: DayInput() for name in DAYS},
    **{name: PlainDateTimeInput() for name in ("opens_at", "questions_until", "deadline")},
}
INSTANTS = ("opens_at", "questions_until", "deadline")


def programme_time(name: str) -> ProgrammeTimeField:
    """The field for an instant of a call."""
    field = cast(models.DateTimeField, Call._meta.get_field(name))
    kind = ProgrammeTimeField if name == "opens_at" else ProgrammeEndField
    return kind(
        label=capfirst(field.verbose_name),
        required=not field.blank,
        help_text=field.help_text,
    )


class _TermsForm(I18nModelForm):
    """Fields of a call, as its pages ask for them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            self.fields["name"] = in_each_language(_("Name"), most=200)
            self.fields["purpose"] = in_each_language(_("Purpose"), lines=6, most=5000)
        for name in set(INSTANTS) & set(self.fields):
            self.fields[name] = programme_time(name)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        opens, until, deadline = (values.get(name) for name in INSTANTS)
        if opens and deadline and deadline <= opens:
            self.add_error("deadline", _("The deadline must come after the opening."))
        if until and deadline and until > deadline:
            self.add_error("questions_until", _("Questions must end by the deadline."))
        starts, ends = values.get("assistance_starts"), values.get("assistance_ends")
        if starts and ends and ends <= starts:
            self.add_error("assistance_ends", _("The assistance must end after it starts."))
        return values


class CallForm(_TermsForm):
    """All that a new draft needs: texts, timetable and money."""

    class Meta:
        model = Call
        fields = (*TEXTS, *TIMETABLE, *MONEY)
        field_classes = NUMBERS
        widgets = WIDGETS


class TextsForm(_TermsForm):
    """Name, purpose and address of a draft."""

    class Meta:
        model = Call
        fields = TEXTS
        field_classes = NUMBERS
        widgets = WIDGETS


class TimetableForm(_TermsForm):
    """When what happens."""

    class Meta:
        model = Call
        fields = TIMETABLE
        widgets = WIDGETS


class MoneyForm(_TermsForm):
    """What there is, for whom, and what applies to files and answers of awards."""

    class Meta:
        model = Call
        fields = MONEY
        field_classes = NUMBERS


class QuotaForm(forms.Form):
    """How many vouchers each country has; 0 leaves it out of the call."""

    def __init__(self, *args: Any, quotas: list[CountryQuota], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = {quota.country_id: quota.vouchers for quota in quotas}
        for country in Country.objects.select_related("partner"):
            self.fields[country.code] = WholeField(
                label=f"{country} · {country.partner}",
                min_value=0,
                max_value=999,
                initial=standing.get(country.code, 0),
            )

    def quotas(self) -> list[tuple[Country, int]]:
        """Each country with its number of vouchers."""
        countries = Country.objects.in_bulk(list(self.cleaned_data))
        return [(countries[code], number) for code, number in self.cleaned_data.items()]
