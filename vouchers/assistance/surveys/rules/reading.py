"""What was typed into a survey, as facts; numbers are read as those of the final report are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from inputs.rules.numbers import NotTheNumber, Shape, read_number
from vouchers.assistance.reports.rules.judging import LONGEST, LONGEST_TEXT, MOST_VALUE
from vouchers.assistance.reports.rules.parts import PartOfReport
from vouchers.assistance.reports.rules.reading import SHAPES

from .asking import (
    QUESTIONS,
    WORDS,
    ReportedValue,
    SurveyContent,
    SurveyProblem,
    SurveySheet,
    note_of,
    value_of,
)

# As an indicator is read in the final report.
VALUE = SHAPES[PartOfReport.INDICATORS, "value"]
_MOST = {"turnover_change": Decimal(100_000)}
_MOST_OTHERWISE = Decimal(1_000_000)
_LEAST_TURNOVER = Decimal(-100)


def read_survey(
    typed: Mapping[str, str], sheet: SurveySheet
) -> tuple[SurveyContent, list[SurveyProblem]]:
    """What was typed, and all that keeps it from being sent, in the order of the fields."""
    unread: dict[str, SurveyProblem] = {}

    def number(name: str, shape: Shape) -> Decimal | None:
        text = typed.get(name, "")
        if not text.strip():
            return None
        try:
            return read_number(text, shape)
        except NotTheNumber as wrong:
            unread[name] = SurveyProblem("not_the_number", name, {"wrong": wrong})
            return None

    content = SurveyContent(
        values={one.key: number(value_of(one.key), VALUE) for one in sheet.indicators},
        notes={one.key: typed.get(note_of(one.key), "").strip() for one in sheet.indicators},
        answers={name: number(name, QUESTIONS[name]) for name in sheet.questions},
        words=typed.get(WORDS, "").strip(),
    )
    found = [one for one in _judged(content, sheet) if one.name not in unread]
    order = {name: place for place, name in enumerate(sheet.fields)}
    return content, sorted([*unread.values(), *found], key=lambda one: order[one.name])


def _judged(content: SurveyContent, sheet: SurveySheet) -> Iterator[SurveyProblem]:
    for one in sheet.indicators:
        yield from _value(one, content.values[one.key])
        if len(content.notes[one.key]) > LONGEST["note"]:
            yield SurveyProblem("too_long", note_of(one.key), {"most": LONGEST["note"]})
    for name in sheet.questions:
        yield from _answer(name, content.answers[name])
    if len(content.words) > LONGEST_TEXT:
        yield SurveyProblem("too_long", WORDS, {"most": LONGEST_TEXT})


def _value(one: ReportedValue, value: Decimal | None) -> Iterator[SurveyProblem]:
    name = value_of(one.key)
    if value is None:
        yield SurveyProblem("no_value", name, {"name": one.name})
    elif value < 0 <= min(one.baseline, one.target, one.reported):
        yield SurveyProblem("negative", name)
    elif abs(value) >= MOST_VALUE:
        yield SurveyProblem("too_large", name)


def _answer(name: str, value: Decimal | None) -> Iterator[SurveyProblem]:
    if value is None:
        yield SurveyProblem("missing", name)
    elif name == "turnover_change" and value < _LEAST_TURNOVER:
        yield SurveyProblem("all_at_most", name)
    elif name != "turnover_change" and value < 0:
        yield SurveyProblem("negative", name)
    elif value > _MOST.get(name, _MOST_OTHERWISE):
        yield SurveyProblem("too_large", name)
