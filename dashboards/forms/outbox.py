"""What the list of messages to clusters is narrowed to."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lists.forms import ListFilters, WordsFilter
from notices.models import Notice
from notices.queries import that_came_back
from notices.wording.typed import flaws_of
from texts.forms import SeenForm, direction_of
from texts.rules.placeholders import tidied

State = Notice.State
# What is not decided yet, what waits to go, and what people must look at, by their names in the address.
_WAITING = (State.PENDING, State.HELD, State.STOPPED)
_UNSETTLED = (State.UNSURE, State.STOPPED)


class OutboxFilters(ListFilters):
    """Text in subject, name or address, and whether it arrived."""

    text = WordsFilter(
        "subject", "recipient__full_name", "recipient__email", label=_("Person or subject")
    )
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("notice", "Delivery"),
        choices=Notice.State.choices,
        empty_label=_("All states"),
    )
    now = django_filters.ChoiceFilter(
        label=pgettext_lazy("messages", "What waits"),
        choices=[
            ("waiting", _("Waits to be sent")),
            ("returned", _("Came back")),
            ("unsettled", _("Held back, or perhaps sent")),
            ("changed", _("Changed by hand")),
        ],
        empty_label=_("All messages"),
        method="as_it_stands",
    )

    def as_it_stands(self, notices: QuerySet[Notice], _name: str, chosen: str) -> QuerySet[Notice]:
        match chosen:
            case "waiting":
                return notices.filter(state__in=_WAITING)
            case "returned":
                return that_came_back(notices)
            case "changed":
                return notices.filter(revisions__number=1)
            case _unsettled:
                return notices.filter(state__in=_UNSETTLED)


class RewordForm(SeenForm):
    """The words of a message that waits, as its person is to read them, and why they are changed."""

    subject = forms.CharField(label=_("Subject"), strip=False, required=False)
    body = forms.CharField(
        label=pgettext_lazy("notice", "Text"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "An empty line begins a paragraph. All else stays as you type it:"
            " neither HTML nor code is run."
        ),
    )
    reason = forms.CharField(
        label=_("Why is it changed?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Kept in the history of the message. Its person does not read this."),
    )

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("subject", "body"):
            self.fields[name].widget.attrs |= {"lang": language, "dir": direction_of(language)}

    def clean_subject(self) -> str:
        return self._typed("subject")

    def clean_body(self) -> str:
        return self._typed("body")

    def _typed(self, name: str) -> str:
        text = tidied(self.cleaned_data[name])
        if found := flaws_of(name, text):
            raise forms.ValidationError([str(one) for one in found])
        return text
