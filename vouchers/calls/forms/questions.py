"""Sections and questions of the application form: each kind with the fields that it needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inputs.forms.fields import MoneyField, WholeField
from inputs.forms.languages import in_each_language
from vouchers.calls.models import Call, Criterion, Question, Section
from vouchers.calls.queries.checklist import option_lines, options_differ

Kind = Question.Kind
# The fields that only some kinds have, with what the others hold instead.
OF_SOME_KINDS: dict[str, Any] = {
    "max_words": None,
    "min_value": None,
    "max_value": None,
    "options": "",
    "max_files": 3,
}
FIELDS_OF: dict[str, tuple[str, ...]] = {
    Kind.SHORT_TEXT: ("max_words",),
    Kind.LONG_TEXT: ("max_words",),
    Kind.NUMBER: ("min_value", "max_value"),
    Kind.MONEY: ("min_value", "max_value"),
    Kind.CHOICE: ("options",),
    Kind.CHOICES: ("options",),
    Kind.FILE: ("max_files",),
}


class SectionForm(forms.Form):
    """One page of the application form."""

    title = in_each_language(_("Title"), most=200)
    help_text = in_each_language(_("Introduction"), lines=3, required=False, most=2000)


class QuestionForm(forms.Form):
    """One question: what every kind has, and the fields of its own kind."""

    section = forms.ModelChoiceField(Section.objects.none(), label=_("Section"), empty_label=None)
    kind = forms.ChoiceField(
        label=_("Kind of answer"), choices=Kind.choices, initial=Kind.LONG_TEXT
    )
    text = in_each_language(_("Question"), most=300)
    help_text = in_each_language(_("Help"), lines=3, required=False, most=2000)
    options = in_each_language(
        _("Options"),
        lines=5,
        help_text=_("One option on each line, in the same order in every language."),
        most=3000,
    )
    max_words = WholeField(
        label=_("Most words"),
        min_value=1,
        max_value=5000,
        required=False,
        help_text=_("Empty for no limit."),
    )
    min_value = MoneyField(
        label=pgettext_lazy("a number that is typed", "At least"),
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    max_value = MoneyField(
        label=pgettext_lazy("a number that is typed", "At most"),
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    max_files = WholeField(label=_("Most files"), min_value=1, max_value=20, initial=3)
    required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)
    criterion: forms.ModelChoiceField[Criterion] = forms.ModelChoiceField(
        None, label=_("Feeds the criterion"), required=False, empty_label=_("None")
    )
    condition = forms.ChoiceField(
        label=_("Shown"),
        required=False,
        help_text=_("A question can depend on an option of a choice that is asked before it."),
    )

    def __init__(
        self, *args: Any, call: Call, kind: str, earlier: list[Question], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in OF_SOME_KINDS:
            if name not in FIELDS_OF.get(kind, ()):
                del self.fields[name]
        self.earlier = {str(question.pk): question for question in earlier}
        self.fields["section"].queryset = call.sections.all()  # type: ignore[attr-defined]
        self.fields["criterion"].queryset = call.criteria.all()  # type: ignore[attr-defined]
        self.fields["condition"].choices = [  # type: ignore[attr-defined]
            ("", _("Always")),
            *(
                (
                    f"{question.pk}:{value}",
                    _("Where “%(question)s” is answered “%(option)s”")
                    % {"question": question, "option": label},
                )
                for question in earlier
                for value, label in question.choices
            ),
        ]

    def clean_options(self) -> Any:
        options = self.cleaned_data["options"]
        lines = {code: written for code, written in option_lines(options).items() if written}
        if any(len(written) < 2 for written in lines.values()):
            raise forms.ValidationError(_("Write at least two options, one on each line."))
        if options_differ(options):
            raise forms.ValidationError(
                _("Write the same number of options in every language: now there are %(counts)s."),
                params={"counts": ", ".join(f"{len(w)} ({c})" for c, w in lines.items())},
            )
        return options

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        least, most = values.get("min_value"), values.get("max_value")
        if least is not None and most is not None and least > most:
            self.add_error("max_value", _("The least must not be above the most."))
        return values

    def terms(self) -> dict[str, Any]:
        """The clean values as fields of Question; what the kind does not have is emptied."""
        values = {**OF_SOME_KINDS, **self.cleaned_data}
        earlier, _colon, option = values.pop("condition").partition(":")
        values["depends_on"] = self.earlier.get(earlier)
        values["depends_value"] = option
        return values


def initial_of(question: Question) -> dict[str, Any]:
    """A question as the form shows it."""
    values = {
        name: getattr(question, name) for name in QuestionForm.base_fields if name != "condition"
    }
    if question.depends_on_id:
        values["condition"] = f"{question.depends_on_id}:{question.depends_value}"
    return values


def typed_values(data: QueryDict) -> dict[str, Any]:
    """What was typed, to show it again unchecked when another kind is chosen."""
    return {
        name: field.widget.value_from_datadict(data, {}, name)
        for name, field in QuestionForm.base_fields.items()
        if name != "max_files" or name in data
    }
