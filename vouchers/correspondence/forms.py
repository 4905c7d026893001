"""What people type: a message, a question, and the answer that everybody reads."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from inputs.forms.languages import in_each_language
from lists.forms import ListFilters, WordsFilter
from vouchers.calls.forms.lists import CallFilter

from .models import PublicQuestion


class MessageForm(forms.Form):
    """A message; how long it may be is checked when it is sent, so that nothing is cut off."""

    text = forms.CharField(
        label=_("Your message"),
        strip=False,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class AskForm(forms.Form):
    """A question about a call."""

    text = forms.CharField(
        label=_("Your question"),
        strip=False,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class AnswerForm(forms.Form):
    """Question and answer as everybody reads them, in one language at least."""

    question = in_each_language(
        _("Question, as everybody reads it"),
        lines=3,
        required=False,
        help_text=_("Leave out whatever tells who asked. One language is enough to begin with."),
    )
    answer = in_each_language(_("Answer"), lines=4, required=False)
    reason = forms.CharField(
        label=_("Why does the published answer change?"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        max_length=2000,
    )

    def __init__(self, *args: Any, asked: PublicQuestion, **kwargs: Any) -> None:
        standing = {
            "question": asked.question or LazyI18nString({asked.language: asked.asked}),
            "answer": asked.answer,
        }
        super().__init__(*args, **{**kwargs, "initial": standing})
        if asked.state != PublicQuestion.State.PUBLISHED:
            del self.fields["reason"]


class QuestionFilters(ListFilters):
    """Text in question or answer, the call and the state of the question."""

    text = WordsFilter("asked", "searchable", label=_("Search"), max_length=200)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=PublicQuestion.State.choices, empty_label=_("All states")
    )
    call = CallFilter()
