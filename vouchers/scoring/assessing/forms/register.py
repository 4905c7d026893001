"""The filters of the register of conflicts of interest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clusters.models import Country
from conduct.forms.filtering import FilterForm
from vouchers.scoring.assessing.models import Assignment


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
