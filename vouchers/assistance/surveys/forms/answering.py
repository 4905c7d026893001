"""The fields of a survey as its page shows them, and what a browser sends of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from inputs.rules.marks import printable
from inputs.rules.numbers import Shape
from vouchers.assistance.surveys.rules.asking import (
    QUESTIONS,
    WORDS,
    ReportedValue,
    SurveyProblem,
    SurveySheet,
    note_of,
    value_of,
)
from vouchers.assistance.surveys.rules.reading import VALUE
from vouchers.assistance.surveys.wording import label_of, sentence_of


@dataclass(frozen=True)
class SurveyField:
    """One field: its name, what is in it as it was typed, and what is wrong with that."""

    name: str
    label: str
    text: str
    shape: Shape | None = None
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class AskedIndicator:
    """An indicator with what is known of it, and the two fields about it."""

    known: ReportedValue
    value: SurveyField
    note: SurveyField


@dataclass(frozen=True)
class SurveyForm:
    """All fields of a survey."""

    indicators: list[AskedIndicator]
    questions: list[SurveyField]
    words: SurveyField


def form_of(
    sheet: SurveySheet, typed: Mapping[str, str], problems: Sequence[SurveyProblem] = ()
) -> SurveyForm:
    """The fields with what was typed, and the problems beside them."""

    def made(name: str, shape: Shape | None = None) -> SurveyField:
        wrong = [sentence_of(one) for one in problems if one.name == name]
        return SurveyField(name, label_of(name), typed.get(name, ""), shape, wrong)

    return SurveyForm(
        [
            AskedIndicator(one, made(value_of(one.key), VALUE), made(note_of(one.key)))
            for one in sheet.indicators
        ],
        [made(name, QUESTIONS[name]) for name in sheet.questions],
        made(WORDS),
    )


def typed_fields(data: QueryDict, sheet: SurveySheet) -> dict[str, str]:
    """What a browser sent of the fields of a survey; nothing is judged here."""
    return {
        name: printable("".join(data.getlist(name)[:1])) for name in sheet.fields if name in data
    }
