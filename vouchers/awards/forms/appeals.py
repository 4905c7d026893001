"""Asking for a review, writing about it, and deciding on it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchers.awards.actions import Judgement
from vouchers.awards.models import LONGEST_APPEAL, Appeal


class GroundsForm(forms.Form):
    """Which step of the procedure was not followed."""

    grounds = forms.CharField(
        label=_("Which step of the procedure was not followed, and how?"),
        help_text=_("Scores are not given anew: say what went against the published rules."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        max_length=LONGEST_APPEAL,
    )


class AppealMessageForm(forms.Form):
    """One message to the other side."""

    text = forms.CharField(
        label=_("Your message"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=LONGEST_APPEAL,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class JudgementForm(forms.Form):
    """Upheld or rejected, why, and what follows."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(Appeal.State.UPHELD, _("upheld")), (Appeal.State.REJECTED, _("rejected"))],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("The cluster reads them in its letter."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        max_length=LONGEST_APPEAL,
    )
    effect = forms.ChoiceField(
        label=_("If it is upheld: what follows"),
        choices=[("", "—"), *Appeal.Effect.choices],
        required=False,
    )
    correction = forms.CharField(
        label=_("If it is upheld: what is corrected"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
    )

    def clean(self) -> dict[str, Any]:
        """An upheld request corrects something, and says what follows."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Appeal.State.UPHELD:
            for name in ("effect", "correction"):
                if not (cleaned.get(name) or "").strip():
                    self.add_error(name, _("Say what is corrected, and what follows."))
        return cleaned

    def judgement(self) -> Judgement:
        """What was decided."""
        upheld = self.cleaned_data["outcome"] == Appeal.State.UPHELD
        return Judgement(
            upheld=upheld,
            reasons=self.cleaned_data["reasons"],
            effect=self.cleaned_data["effect"] if upheld else "",
            correction=self.cleaned_data["correction"] if upheld else "",
        )
