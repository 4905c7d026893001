"""What a rapporteur and those who discuss a consensus type."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vouchers.calls.models import Call, Criterion
from vouchers.scoring.assessing.actions import ScoreInput
from vouchers.scoring.assessing.forms.assessments import as_text, scale_of
from vouchers.scoring.assessing.models import Consensus


class ConsensusMessageForm(forms.Form):
    """One message in the discussion."""

    text = forms.CharField(
        label=pgettext_lazy("to be written", "Message"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write a message first.")},
        max_length=5000,
    )


@dataclass(frozen=True)
class AgreedRow:
    """One criterion of the form: its score and its grounds as bound fields."""

    criterion: Criterion
    score: forms.BoundField
    strengths: forms.BoundField
    weaknesses: forms.BoundField


class ConsensusForm(forms.Form):
    """The agreed score of each criterion on the call's scale, its grounds, and the reason."""

    reason = forms.CharField(
        label=_("What was agreed, and why"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("For the minutes of the selection: what settled the difference."),
        error_messages={"required": _("Say what was agreed, and why.")},
        max_length=5000,
    )

    def __init__(self, *args: Any, call: Call, consensus: Consensus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(call.criteria.all())
        self.fields["reason"].initial = consensus.reason
        standing = {score.criterion_id: score for score in consensus.scores.all()}
        scale = list(scale_of(call))
        for criterion in self.criteria:
            score = standing.get(criterion.pk)
            self.fields[f"score_{criterion.pk}"] = forms.TypedChoiceField(
                label=_("Agreed score"),
                choices=scale,
                coerce=Decimal,
                initial=as_text(score.value) if score else "",
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Please choose the score that was agreed."),
                    "invalid_choice": _(
                        "A score goes from %(low)s to %(high)s in steps of %(step)s."
                    )
                    % {
                        "low": _shown(call.score_min),
                        "high": _shown(call.score_max),
                        "step": _shown(call.score_step),
                    },
                },
            )
            for name, label in (("strengths", _("Strengths")), ("weaknesses", _("Weaknesses"))):
                self.fields[f"{name}_{criterion.pk}"] = forms.CharField(
                    label=label,
                    required=False,
                    initial=getattr(score, name) if score else "",
                    widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
                    max_length=5000,
                )

    def rows(self) -> list[AgreedRow]:
        """The criteria in order, each with its fields."""
        return [
            AgreedRow(
                c, self[f"score_{c.pk}"], self[f"strengths_{c.pk}"], self[f"weaknesses_{c.pk}"]
            )
            for c in self.criteria
        ]

    def scores(self) -> dict[int, ScoreInput]:
        """What was agreed, by criterion id."""
        return {
            criterion.pk: ScoreInput(
                self.cleaned_data[f"score_{criterion.pk}"],
                self.cleaned_data[f"strengths_{criterion.pk}"],
                self.cleaned_data[f"weaknesses_{criterion.pk}"],
            )
            for criterion in self.criteria
        }


def _shown(value: Decimal) -> str:
    return number_format(Decimal(as_text(value)))
