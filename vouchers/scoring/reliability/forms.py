"""What a coordinator supposes to be otherwise: the form of the 'what if' panel."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inputs.forms.fields import ShareField
from vouchers.calls.models import Call, Criterion
from vouchers.scoring.rules.scenario import Scenario


def _percentage(**options: Any) -> ShareField:
    return ShareField(
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        **options,
    )


class ScenarioForm(forms.Form):
    """Other weights and thresholds, without one assessor, or with severity taken off."""

    total_threshold = _percentage(label=_("Threshold for the total (points of 100)"))
    without = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Without the scores of"),
        required=False,
        empty_label=_("Nobody is left out"),
    )
    adjusted = forms.BooleanField(
        label=_("Take each assessor’s severity off their scores"), required=False
    )

    def __init__(
        self, *args: Any, call: Call, criteria: Iterable[Criterion], assessors: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        self.fields["total_threshold"].initial = call.total_threshold
        self.fields["without"].queryset = assessors  # type: ignore[attr-defined]
        for criterion in self.criteria:
            self.fields[f"weight_{criterion.pk}"] = _percentage(
                label=_("Weight"), initial=criterion.weight
            )
            self.fields[f"threshold_{criterion.pk}"] = _percentage(
                label=_("Threshold (%)"), initial=criterion.threshold
            )

    def rows(self) -> list[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        """The criteria in order, each with its weight and threshold."""
        return [
            (criterion, self[f"weight_{criterion.pk}"], self[f"threshold_{criterion.pk}"])
            for criterion in self.criteria
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = [f"weight_{criterion.pk}" for criterion in self.criteria]
        together = sum((cleaned.get(name) or Decimal(0) for name in names), Decimal(0))
        if cleaned.keys() >= set(names) and together != 100:
            raise forms.ValidationError(
                _("The weights add up to %(sum)s. They must add up to 100."),
                params={"sum": number_format(together.normalize(), use_l10n=True)},
            )
        return cleaned

    def scenario(self) -> Scenario:
        """What was given; the form must be valid."""
        given = self.cleaned_data
        without: User | None = given["without"]
        return Scenario(
            weights={one.pk: given[f"weight_{one.pk}"] for one in self.criteria},
            thresholds={one.pk: given[f"threshold_{one.pk}"] for one in self.criteria},
            total_threshold=given["total_threshold"],
            without=without.pk if without else None,
            adjusted=given["adjusted"],
        )
