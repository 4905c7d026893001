"""Which comments a cluster reads, and the reasons of its decision in each language."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from inputs.forms.languages import in_each_language
from vouchers.awards.actions import FeedbackInput
from vouchers.awards.models import Comment, Decision, DecisionScore
from vouchers.calls.models import Criterion

ASSEMBLE = "assemble"


@dataclass(frozen=True)
class CriterionComments:
    """The comments on one criterion, each with whether it is ticked."""

    criterion: Criterion
    score: DecisionScore | None
    comments: list[tuple[Comment, bool]]


class FeedbackForm(forms.Form):
    """Boxes to tick beside what the assessors wrote, and the reasons."""

    released = forms.MultipleChoiceField(required=False)
    reasons = in_each_language(
        _("Reasons"),
        lines=9,
        required=False,
        most=6000,
        help_text=_("Empty, the letter states the draft that the facts give."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
        self.comments = list(decision.comments.select_related("criterion"))
        released: Any = self.fields["released"]
        released.choices = [(str(comment.pk), str(comment)) for comment in self.comments]
        self.fields["reasons"].widget.attrs["dir"] = "auto"

    def criteria(self) -> list[CriterionComments]:
        """The comments by criterion, ticked as they were posted or stand."""
        scores = {score.criterion_id: score for score in self.decision.scores.all()}
        return [
            CriterionComments(
                criterion,
                scores.get(criterion.pk),
                [(comment, self._is_ticked(comment)) for comment in comments],
            )
            for criterion, comments in groupby(self.comments, key=lambda one: one.criterion)
        ]

    def _is_ticked(self, comment: Comment) -> bool:
        if self.is_bound:
            return str(comment.pk) in self.data.getlist("released")  # type: ignore[attr-defined]
        return comment.released

    def written(self) -> FeedbackInput:
        """What was chosen and written; no reasons where the draft is to be assembled anew.

        A draft that nobody changed stays one: it follows the comments that are released, so that
        what is unticked does not stand in the reasons.
        """
        draft = ASSEMBLE in self.data or self._is_the_draft()
        return FeedbackInput(
            released={int(pk) for pk in self.cleaned_data["released"]},
            reasons=None if draft else self.cleaned_data["reasons"],
        )

    def _is_the_draft(self) -> bool:
        """Whether the reasons are, in every language, the draft that the page showed."""
        standing = self.decision.feedback.reasons
        if standing and str(standing).strip():
            return False
        shown, given = (
            _by_language(reasons)
            for reasons in (self.initial["reasons"], self.cleaned_data["reasons"])
        )
        return shown == given


def _by_language(reasons: LazyI18nString) -> dict[str, str]:
    """The text in each language that has any, whatever the browser ends its lines with."""
    data = reasons.data if isinstance(reasons.data, dict) else {}
    texts = {
        language: (text or "").replace("\r\n", "\n").strip() for language, text in data.items()
    }
    return {language: text for language, text in texts.items() if text}
