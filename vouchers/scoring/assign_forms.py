"""What those who assign assessors type, and what assessors say of themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters import nace
from clusters.models import Country
from inputs.fields import WholeField
from records.filtering import FilterForm
from records.forms import EndField, ReasonForm

from .models import AssessorProfile, Assignment


class DueForm(ReasonForm):
    """Until when is scored, and why that changes."""

    due_at = EndField(label=_("To be scored by"))
    field_order = ["due_at", "reason"]

    def __init__(self, *args: Any, standing: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_at"].initial = timezone.localtime(standing)
        self.fields["due_at"].help_text = _("In your own time: %(zone)s.") % {
            "zone": timezone.get_current_timezone_name()
        }


class ReplaceForm(ReasonForm):
    """Who is asked in place of another, and why."""

    assessor = forms.ModelChoiceField(
        User.objects.none(), label=_("Assessor"), empty_label=_("Choose an assessor")
    )
    field_order = ["assessor", "reason"]

    def __init__(self, *args: Any, assessors: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessor"].queryset = assessors  # type: ignore[attr-defined]


class ProfileForm(forms.ModelForm):
    """What an assessor can judge."""

    languages = forms.MultipleChoiceField(
        label=_("Languages in which you can judge an application"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sectors that you know (NACE)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = AssessorProfile
        fields = ("organisation", "country", "languages", "sectors", "capacity")
        field_classes = {"capacity": WholeField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sectors"].choices = [  # type: ignore[attr-defined]
            (
                nace.title(section["code"]),
                [(part["code"], nace.title(part["code"])) for part in section["divisions"]],
            )
            for section in nace.SECTIONS
        ]
        self.fields["organisation"].help_text = _(
            "It is compared with the clusters and their members, to hint at conflicts of interest."
        )
        self.fields["capacity"].help_text = _("Leave empty if there is no limit.")
        self.fields["country"].queryset = Country.objects.all()  # type: ignore[attr-defined]
        self.fields["country"].empty_label = "—"  # type: ignore[attr-defined]


class RegisterFilter(FilterForm):
    """Which declarations the register shows."""

    call = forms.ChoiceField(label=_("Call"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=[
            ("", _("All outcomes")),
            ("conflict", _("conflict of interest")),
            ("hint", _("no conflict declared, though data hint at one")),
            ("none", _("no conflict declared")),
        ],
    )

    def __init__(self, *args: Any, declarations: QuerySet[Assignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = declarations.order_by()
        calls = found.values_list("application__call", "application__call__name").distinct()
        countries = found.values_list("application__country", flat=True).distinct()
        names = {country.code: str(country) for country in Country.objects.all()}
        self.fields["call"].choices = [  # type: ignore[attr-defined]
            ("", _("All calls")),
            *((str(pk), str(name)) for pk, name in sorted(calls, key=lambda call: call[0])),
        ]
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _("All countries")),
            *((code, names[code]) for code in sorted(countries)),
        ]
