"""What a coordinator types: a box for each passage of a kind, with what was seen when it was opened."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from inputs.forms.fields import WholeField
from texts.kinds import Family, OwnedKind, TextPassage
from texts.rules.placeholders import problems, tidied
from texts.wording.sentences import told


def direction_of(language: str) -> str:
    """The direction in which the language is written, as HTML names it."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


class PassageField(forms.CharField):
    """One passage: each mistake in it is told beside its box, and what was typed stays."""

    def __init__(self, passage: TextPassage, kind: OwnedKind, language: str) -> None:
        self.passage, self.kind = passage, kind
        attrs = {"dir": direction_of(language), "lang": language}
        widget: forms.Widget = (
            forms.TextInput(attrs)
            if passage.shape.one_line
            else forms.Textarea({**attrs, "rows": 9})
        )
        super().__init__(label=str(passage.label), required=False, strip=False, widget=widget)

    def clean(self, value: Any) -> str:
        text = tidied(super().clean(value))
        found = problems(text, self.passage.shape, self.kind.placeholders)
        if found:
            raise forms.ValidationError([told(problem) for problem in found])
        return text


class SeenForm(forms.Form):
    """Words kept in versions: `seen` is the number of the one that the person had before them."""

    seen = WholeField(min_value=0, widget=forms.HiddenInput)

    def now_seen(self, number: int) -> None:
        """The person has the newest version before them from now on."""
        self.data = {**self.data.dict(), "seen": str(number)}  # type: ignore[attr-defined]


class WordingForm(SeenForm):
    """The passages of a kind in one language."""

    def __init__(self, kind: OwnedKind, language: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        for passage in kind.passages:
            self.fields[passage.slug] = PassageField(passage, kind, language)

    @property
    def passages(self) -> dict[str, str]:
        """What was typed, tidied, of each passage."""
        return {one.slug: self.cleaned_data[one.slug] for one in self.kind.passages}


class ScopeForm(forms.Form):
    """For which call, and (in the list) which family and words."""

    family = forms.ChoiceField(
        label=_("Texts of"),
        required=False,
        choices=[("", _("E-mails and letters")), *Family.choices],
    )
    call: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Call"), required=False, queryset=None, empty_label=_("All calls")
    )
    words = forms.CharField(label=_("Words"), required=False, max_length=100)
