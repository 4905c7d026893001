"""What assessors say of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clusters.models import Country, nace
from inputs.forms.fields import WholeField
from vouchers.scoring.assessing.models import AssessorProfile


class AssessorProfileForm(forms.ModelForm):
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
