"""What people type: a message, a question, and the answer that everybody reads."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nFormField, I18nTextarea
from i18nfield.strings import LazyI18nString

from conduct.forms.filtering import FilterForm
from vouchers.calls.models import Call

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

    question = I18nFormField(
        label=_("Question, as everybody reads it"),
        widget=I18nTextarea,
        widget_kwargs={"attrs": {"rows": 3}},
        required=False,
        help_text=_("Leave out whatever tells who asked. One language is enough to begin with."),
    )
    answer = I18nFormField(
        label=_("Answer"),
        widget=I18nTextarea,
        widget_kwargs={"attrs": {"rows": 4}},
        required=False,
    )
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
        super().__init__(*args, initial=standing, **kwargs)
        if asked.state != PublicQuestion.State.PUBLISHED:
            del self.fields["reason"]


class QuestionFilter(FilterForm):
    """What narrows the list of questions; it lives in the address."""

    text = forms.CharField(label=_("Search"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *PublicQuestion.State.choices],
    )
    call = forms.ModelChoiceField(
        Call.objects.none(), label=_("Call"), required=False, empty_label=_("All calls")
    )

    def __init__(self, *args: Any, calls: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = calls  # type: ignore[attr-defined]
