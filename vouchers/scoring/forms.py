"""What assessors and those who assign them type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from vouchers.calls.models import Call, Criterion

from .actions import ScoreInput
from .models import Assessment, ConflictKind


class AssignForm(forms.Form):
    """Whom to ask for an assessment."""

    assessor = forms.ModelChoiceField(
        None, label=_("Assessor"), empty_label=_("Choose an assessor")
    )

    def __init__(self, *args: Any, assessors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessor"].queryset = assessors  # type: ignore[attr-defined]


class DeclarationForm(forms.Form):
    """Whether the assessor has a conflict of interest, before anything is shown."""

    has_conflict = forms.ChoiceField(
        label=_("Do you have a conflict of interest with this cluster or its application?"),
        choices=[
            ("no", _("No. I have no family, business, employment or other tie with it.")),
            ("yes", _("Yes, or I am not sure.")),
        ],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("If yes: of which kind?"),
        choices=[("", "—"), *ConflictKind.choices],
        required=False,
    )
    conflict = forms.CharField(
        label=_("If yes: which?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The country partner then asks somebody else. A few words are enough."),
        max_length=2000,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("has_conflict") == "yes" and not cleaned.get("conflict", "").strip():
            self.add_error("conflict", _("Say in a few words what the conflict is."))
        if cleaned.get("has_conflict") == "yes" and not cleaned.get("kind"):
            self.add_error("kind", _("Say of which kind the conflict is."))
        return cleaned


class ConflictForm(forms.Form):
    """A conflict of interest that comes to light while scoring."""

    kind = forms.ChoiceField(label=_("Of which kind?"), choices=ConflictKind.choices)
    conflict = forms.CharField(
        label=_("Which conflict of interest?"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
    )


@dataclass(frozen=True)
class CriterionRow:
    """One criterion of the form: its score and its reason as bound fields."""

    criterion: Criterion
    score: forms.BoundField
    strengths: forms.BoundField
    weaknesses: forms.BoundField


class AssessmentForm(forms.Form):
    """A score on the call's scale and a reason for each criterion; a draft may leave gaps."""

    comment = forms.CharField(
        label=_("Overall comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("The cluster does not read it."),
        max_length=5000,
    )

    def __init__(self, *args: Any, call: Call, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(call.criteria.all())
        self.fields["comment"].initial = assessment.comment
        given = {score.criterion_id: score for score in assessment.scores.all()}
        scale = list(_scale(call))
        for criterion in self.criteria:
            score = given.get(criterion.pk)
            self.fields[f"score_{criterion.pk}"] = forms.TypedChoiceField(
                label=_("Score"),
                choices=scale,
                coerce=Decimal,
                empty_value=None,
                required=False,
                initial=str(score.value.normalize()) if score and score.value is not None else "",
                widget=forms.RadioSelect,
            )
            for name, label in (("strengths", _("Strengths")), ("weaknesses", _("Weaknesses"))):
                self.fields[f"{name}_{criterion.pk}"] = forms.CharField(
                    label=label,
                    required=False,
                    initial=getattr(score, name) if score else "",
                    widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
                    help_text=_("The cluster reads it, without your name."),
                    max_length=5000,
                )

    def rows(self) -> list[CriterionRow]:
        """The criteria in order, each with its two fields."""
        return [
            CriterionRow(
                c, self[f"score_{c.pk}"], self[f"strengths_{c.pk}"], self[f"weaknesses_{c.pk}"]
            )
            for c in self.criteria
        ]

    def scores(self) -> dict[int, ScoreInput]:
        """What was given, by criterion id."""
        return {
            criterion.pk: ScoreInput(
                self.cleaned_data[f"score_{criterion.pk}"],
                self.cleaned_data[f"strengths_{criterion.pk}"],
                self.cleaned_data[f"weaknesses_{criterion.pk}"],
            )
            for criterion in self.criteria
        }


def _scale(call: Call) -> Iterator[tuple[str, str]]:
    value = call.score_min
    while value <= call.score_max:
        yield str(value.normalize()), number_format(value.normalize())
        value += call.score_step
