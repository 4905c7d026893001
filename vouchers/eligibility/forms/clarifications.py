"""What is asked about an application, and what the cluster answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from conduct.forms import DayInput
from conduct.queries.days import today
from drafts.rules import versions_seen
from files.wording.kinds import ACCEPTED_ENDINGS, ACCEPTED_IN_WORDS
from vouchers.applications.forms.answers import typed_contents
from vouchers.applications.models import Application
from vouchers.applications.queries.answers import Content, chosen_options, filled_rows
from vouchers.calls.models import Question
from vouchers.calls.models.tables import COLUMNS, TableColumn
from vouchers.eligibility.models import ClarificationItem

DAYS_TO_ANSWER = 7
EMPTY_LINES = 3


class ClarificationForm(forms.Form):
    """Which questions are asked about, what, and until when."""

    questions = forms.ModelMultipleChoiceField(
        Question.objects.none(),
        label=_("Questions that open again"),
        help_text=_("Only these, with their files; everything else stays as it was sent."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the questions that you ask about.")},
    )
    text = forms.CharField(
        label=_("What do you want to know?"),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        max_length=4000,
    )
    until = forms.DateField(
        label=_("To be answered by the end of"),
        widget=DayInput,
        help_text=_("The day ends at midnight in the country of the cluster."),
    )
    again_reason = forms.CharField(
        label=_("Why must the cluster be asked once more?"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        max_length=2000,
    )

    def __init__(self, *args: Any, application: Application, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = cast(forms.ModelMultipleChoiceField, self.fields["questions"])
        asked.queryset = application.call.questions.all()
        self.fields["until"].initial = today(application.country.zone) + timedelta(
            days=DAYS_TO_ANSWER
        )
        if not again:
            del self.fields["again_reason"]


@dataclass(frozen=True)
class AskedCell:
    """One field of a table on the page."""

    name: str
    column: TableColumn
    value: str


@dataclass(frozen=True)
class AskedQuestion:
    """One question on the page: its field, or the cells of its lines."""

    item: ClarificationItem
    field: forms.BoundField | None
    lines: list[list[AskedCell]]
    seen: int


class ClarificationAnswerForm(forms.Form):
    """The fields of the questions that are asked about; nothing is required before it is sent."""

    reply = forms.CharField(
        label=_("A word to your country partner"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=4000,
        required=False,
        strip=False,
    )

    def __init__(self, *args: Any, items: Iterable[ClarificationItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            kind = item.question.kind
            if kind not in Question.TABLES and kind != Question.Kind.FILE:
                self.fields[f"answer_{item.question_id}"] = _field_of(item)

    def rows(self) -> list[AskedQuestion]:
        """What the template walks through."""
        return [
            AskedQuestion(
                item,
                self[name] if (name := f"answer_{item.question_id}") in self.fields else None,
                self._lines(item),
                item.version,
            )
            for item in self.items
        ]

    def _lines(self, item: ClarificationItem) -> list[list[AskedCell]]:
        columns = COLUMNS.get(item.question.kind, ())
        if not columns:
            return []
        typed = self.contents().get(item.question_id) if self.is_bound else None
        written = filled_rows(typed if isinstance(typed, list) else item.rows)
        return [
            [
                AskedCell(_cell_name(item, line, column), column, row.get(column.name, ""))
                for column in columns
            ]
            for line, row in enumerate([*written, *({} for _empty in range(EMPTY_LINES))])
        ]

    def contents(self) -> dict[int, Content]:
        """What was typed, by question id; of questions whose fields were sent."""
        return typed_contents(cast(QueryDict, self.data), [item.question for item in self.items])

    def seen(self) -> dict[int, int]:
        """The version of each answer that the person had before them, by question id."""
        sent = [item.question for item in self.items if f"seen_{item.question_id}" in self.data]
        return versions_seen(self.data, [question.pk for question in sent])


def _cell_name(item: ClarificationItem, line: int, column: TableColumn) -> str:
    return f"answer_{item.question_id}_{line}_{column.name}"


def _field_of(item: ClarificationItem) -> forms.Field:
    question = item.question
    terms: dict[str, Any] = {
        "label": str(question),
        "help_text": str(question.help_text),
        "required": False,
    }
    if question.kind in Question.CHOOSING:
        several = question.kind == Question.Kind.CHOICES
        chosen = chosen_options(item.text)
        kind = forms.MultipleChoiceField if several else forms.ChoiceField
        return kind(
            choices=question.choices,
            widget=forms.CheckboxSelectMultiple if several else forms.RadioSelect,
            initial=chosen if several else item.text,
            **terms,
        )
    widget = (
        forms.Textarea(attrs={"rows": 8, "dir": "auto"})
        if question.kind == Question.Kind.LONG_TEXT
        else forms.TextInput(attrs={"dir": "auto"})
    )
    return forms.CharField(widget=widget, strip=False, initial=item.text, **terms)


class FileForm(forms.Form):
    """A file for a question that is asked about."""

    file = forms.FileField(
        label=_("File"),
        help_text=ACCEPTED_IN_WORDS,
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED_ENDINGS)}),
    )
