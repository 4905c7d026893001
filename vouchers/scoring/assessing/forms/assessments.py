"""What an assessor types on the score sheet: scores with their grounds, and a comment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from drafts.rules import versions_seen
from vouchers.applications.forms.answers import cleaned, whole_number
from vouchers.calls.models import Call, Criterion
from vouchers.scoring.assessing.actions import COMMENT, ScoreInput
from vouchers.scoring.assessing.models import Assessment, Score
from vouchers.scoring.rounds.queries import steps_of

# A longer scale is a list to choose from, not a row of buttons.
MOST_BUTTONS = 21
MOST_CHARACTERS = 5000


class TextAsTyped(forms.CharField):
    """A text that is kept as it is typed, blanks and all, with one kind of line ends."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        attrs = {"rows": rows, "dir": "auto", "form": "draft", "class": "form-control"}
        super().__init__(
            required=False,
            strip=False,
            max_length=MOST_CHARACTERS,
            widget=forms.Textarea(attrs=attrs),
            **options,
        )

    def to_python(self, value: Any) -> str:
        return cleaned(super().to_python(value) or "")


@dataclass(frozen=True)
class CriterionRow:
    """One criterion of the sheet: its fields, and the version that the window had before it."""

    criterion: Criterion
    score: forms.BoundField
    strengths: forms.BoundField
    weaknesses: forms.BoundField
    version: int

    @property
    def number(self) -> str:
        """The id of the criterion, as the names of its fields bear it."""
        return str(self.criterion.pk)

    @property
    def has_buttons(self) -> bool:
        return isinstance(self.score.field.widget, forms.RadioSelect)

    @property
    def given(self) -> str:
        """The score as it is typed or saved; empty while undecided."""
        return str(self.score.value() or "")

    @property
    def problems(self) -> list[str]:
        """What is wrong with it, or still missing."""
        fields = (self.score, self.strengths, self.weaknesses)
        return [str(problem) for field in fields for problem in field.errors]

    @property
    def lowest_passing(self) -> Decimal:
        """The score from which on the criterion's threshold is reached."""
        return self.criterion.threshold * self.criterion.call.score_max / 100


class AssessmentForm(forms.Form):
    """A score on the call's scale and its grounds for each criterion; a draft may leave gaps.

    A window sends what it changed, or all: of what it did not send nothing is read.
    """

    comment = TextAsTyped(
        rows=4, label=_("Overall comment"), help_text=_("The cluster does not read it.")
    )

    def __init__(self, *args: Any, call: Call, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(call.criteria.all())
        self.assessment = assessment
        self.fields["comment"].initial = assessment.comment
        self.standing = {score.criterion_id: score for score in assessment.scores.all()}
        for criterion in self.criteria:
            self._ask_for(criterion, call)

    def _ask_for(self, criterion: Criterion, call: Call) -> None:
        score = self.standing.get(criterion.pk)
        self.fields[f"score_{criterion.pk}"] = _score_field(call, score)
        for name, label in (("strengths", _("Strengths")), ("weaknesses", _("Weaknesses"))):
            self.fields[f"{name}_{criterion.pk}"] = TextAsTyped(
                rows=3, label=label, initial=getattr(score, name) if score else ""
            )

    def rows(self) -> list[CriterionRow]:
        """The criteria in order, each with its fields."""
        seen = self.seen()
        return [
            CriterionRow(
                c,
                self[f"score_{c.pk}"],
                self[f"strengths_{c.pk}"],
                self[f"weaknesses_{c.pk}"],
                seen[c.pk],
            )
            for c in self.criteria
        ]

    def scores(self) -> dict[int, ScoreInput]:
        """What was sent, by criterion id."""
        return {
            criterion.pk: ScoreInput(
                self.cleaned_data[f"score_{criterion.pk}"],
                self.cleaned_data[f"strengths_{criterion.pk}"],
                self.cleaned_data[f"weaknesses_{criterion.pk}"],
            )
            for criterion in self.criteria
            if f"strengths_{criterion.pk}" in self.data or f"score_{criterion.pk}" in self.data
        }

    def said(self) -> str | None:
        """The overall comment; None where it was not sent."""
        return self.cleaned_data["comment"] if "comment" in self.data else None

    def versions(self) -> dict[int, int]:
        """The version in which each criterion (COMMENT for the comment) changed last; 0 for never."""
        scores = {pk: score.version for pk, score in self.standing.items()}
        return {
            **{criterion.pk: scores.get(criterion.pk, 0) for criterion in self.criteria},
            COMMENT: self.assessment.comment_version,
        }

    def seen(self) -> dict[int, int]:
        """The versions that the window had before it; those that are saved, for a page made anew."""
        if not self.is_bound:
            return self.versions()
        return versions_seen(self.data, self.versions())

    def seconds(self) -> int:
        """How long the assessor was at work since the last save, as the browser counted."""
        return whole_number(self.data.get("seconds", ""))

    def mark(self, problems: Mapping[int, str]) -> None:
        """Put what keeps the scores from being submitted beside the fields that it is about."""
        for pk, problem in problems.items():
            undecided = self.cleaned_data.get(f"score_{pk}") is None
            self.add_error(f"score_{pk}" if undecided else f"strengths_{pk}", problem)


def as_text(value: Decimal | None) -> str:
    """A score as fields hold it: without zeros at the end; empty while undecided."""
    return "" if value is None else format(value.normalize(), "f")


def _score_field(call: Call, score: Score | None) -> forms.TypedChoiceField:
    scale = list(scale_of(call))
    attrs = {"form": "draft"}
    is_short = len(scale) <= MOST_BUTTONS
    return forms.TypedChoiceField(
        label=_("Score"),
        choices=[*scale, ("", pgettext_lazy("score", "none yet"))],
        coerce=Decimal,
        empty_value=None,
        required=False,
        initial=as_text(score.value) if score else "",
        widget=forms.RadioSelect(attrs={**attrs, "class": "scale-input"})
        if is_short
        else forms.Select(attrs={**attrs, "class": "form-select short-field"}),
        error_messages={
            "invalid_choice": _("A score goes from %(low)s to %(high)s in steps of %(step)s.")
            % {
                "low": number_format(call.score_min.normalize()),
                "high": number_format(call.score_max.normalize()),
                "step": number_format(call.score_step.normalize()),
            }
        },
    )


def scale_of(call: Call) -> Iterator[tuple[str, str]]:
    """The scores of the call's scale as choices: how fields hold them, and how people read them."""
    for step in steps_of(call):
        yield as_text(step), number_format(Decimal(as_text(step)))
