"""What people type about an application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from vouchers.calls.models import Question

from .models import Answer


class StartForm(forms.Form):
    """For which cluster, and in which language, an application is written."""

    cluster = forms.ModelChoiceField(Cluster.objects.none(), label=_("Cluster"), empty_label=None)
    language = forms.ChoiceField(
        label=_("Language of the application"),
        choices=settings.LANGUAGES,
        help_text=_("You write in it, and your letters come in it."),
    )

    def __init__(self, *args: Any, clusters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cluster"].queryset = clusters  # type: ignore[attr-defined]


class AnswersForm(forms.Form):
    """The answers to a call's questions, with the version of each that the person had before them.

    Nothing is required here: a draft is kept as it is, and checked when it is sent.
    """

    def __init__(
        self, *args: Any, pairs: list[tuple[Question, Answer | None]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = pairs
        for question, answer in pairs:
            self.fields[f"answer_{question.pk}"] = _answer_field(question, answer)
            self.fields[f"seen_{question.pk}"] = forms.IntegerField(
                widget=forms.HiddenInput,
                initial=answer.version if answer else 0,
                required=False,
            )

    def texts(self) -> dict[int, str]:
        """The answers that were sent, by question id."""
        return {
            question.pk: self.cleaned_data[f"answer_{question.pk}"]
            for question, _answer in self.pairs
            if f"answer_{question.pk}" in self.data
        }

    def seen(self) -> dict[int, int]:
        """The version of each answer that the person had before them, by question id."""
        return {
            question.pk: self.cleaned_data.get(f"seen_{question.pk}") or 0
            for question, _answer in self.pairs
        }


def _answer_field(question: Question, answer: Answer | None) -> forms.CharField:
    return forms.CharField(
        label=str(question.text),
        help_text=str(question.help_text),
        required=False,
        initial=answer.text if answer else "",
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 7, "dir": "auto", "data-max-words": question.max_words or ""}
        ),
    )


class WithdrawalForm(forms.Form):
    """Why an application is withdrawn."""

    reason = forms.CharField(
        label=_("Why do you withdraw it?"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
    )
