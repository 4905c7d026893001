"""What an assessor declares about conflicts of interest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchers.scoring.assessing.models import ConflictKind


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

    # Nothing is chosen beforehand: the register must not name a kind that nobody declared.
    kind = forms.ChoiceField(
        label=_("Of which kind?"),
        choices=[("", "—"), *ConflictKind.choices],
        error_messages={"required": _("Say of which kind the conflict is.")},
    )
    conflict = forms.CharField(
        label=_("Which conflict of interest?"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
    )
