"""What a coordinator types about a call."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nFormField, I18nModelForm, I18nTextarea, I18nTextInput

from clusters.models import Country
from records.forms import RowFormSet

from .models import Call, CountryQuota, Question

INSTANT = "%Y-%m-%dT%H:%M"


class CallForm(I18nModelForm):
    """The terms of a call. Instants are typed on the coordinator's own clock."""

    class Meta:
        model = Call
        fields = (
            "name",
            "purpose",
            "slug",
            "programme_code",
            "year",
            "opens_at",
            "deadline",
            "decision_due",
            "assistance_starts",
            "assistance_ends",
            "voucher_amount",
            "budget",
            "days_to_accept",
            "assessors_required",
            "score_min",
            "score_max",
            "score_step",
            "total_threshold",
            "max_files",
        )
        widgets = {
            "opens_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=INSTANT),
            "deadline": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=INSTANT),
            "decision_due": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "assistance_starts": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "assistance_ends": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clock = _("On your clock: %(zone)s.") % {"zone": get_current_timezone_name()}
        for name in ("opens_at", "deadline"):
            field = self.fields[name]
            field.help_text = " ".join(filter(None, [str(field.help_text), str(clock)]))


class QuotaForm(forms.Form):
    """How many vouchers each country has; 0 leaves it out of the call."""

    def __init__(self, *args: Any, quotas: list[CountryQuota], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = {quota.country_id: quota.vouchers for quota in quotas}
        for country in Country.objects.select_related("partner"):
            self.fields[country.code] = forms.IntegerField(
                label=f"{country} · {country.partner}",
                min_value=0,
                max_value=999,
                initial=standing.get(country.code, 0),
            )

    def quotas(self) -> list[tuple[Country, int]]:
        """Each country with its number of vouchers."""
        countries = Country.objects.in_bulk(list(self.cleaned_data))
        return [(countries[code], number) for code, number in self.cleaned_data.items()]


class CriterionForm(forms.Form):
    """One criterion of a call."""

    name = I18nFormField(label=_("Name"), widget=I18nTextInput, max_length=200)
    guidance = I18nFormField(label=_("Guidance for assessors"), widget=I18nTextarea, required=False)
    weight = forms.DecimalField(
        label=_("Weight (points of 100)"), min_value=0, max_value=100, decimal_places=2
    )
    threshold = forms.DecimalField(
        label=_("Threshold (per cent of the highest score)"),
        min_value=0,
        max_value=100,
        decimal_places=2,
    )
    tie_break_position = forms.IntegerField(
        label=_("Order in which ties are broken"), min_value=1, help_text=_("1 decides first.")
    )


class BaseCriterionFormSet(RowFormSet):
    """The criteria of a call: no two break ties at the same place."""

    def clean(self) -> None:
        places = [row.get("tie_break_position") for row in self.rows()]
        if len(places) != len(set(places)):
            raise forms.ValidationError(_("Give each criterion its own place for breaking ties."))


class QuestionForm(forms.Form):
    """One question of the application form."""

    text = I18nFormField(label=_("Question"), widget=I18nTextInput, max_length=300)
    help_text = I18nFormField(label=_("Help"), widget=I18nTextarea, required=False)
    criterion = forms.ModelChoiceField(None, label=_("Feeds the criterion"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Question.Kind.choices, initial="long_text")
    max_words = forms.IntegerField(
        label=_("Most words"), min_value=1, max_value=2000, required=False
    )
    required = forms.BooleanField(label=_("Must be answered"), required=False)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].queryset = call.criteria.all()  # type: ignore[attr-defined]


CriterionFormSet = forms.formset_factory(
    CriterionForm, formset=BaseCriterionFormSet, extra=0, can_delete=True
)
QuestionFormSet = forms.formset_factory(QuestionForm, formset=RowFormSet, extra=0, can_delete=True)


def initial_rows(records: Any, *names: str) -> list[dict[str, Any]]:
    """The records as the rows of a formset."""
    return [{name: getattr(record, name) for name in names} for record in records]
