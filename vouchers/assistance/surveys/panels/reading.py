"""A survey as it is read: today's values beside those of the report, and the answers in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from documents.wording import number
from vouchers.assistance.reports.rules.reaching import reached_percent
from vouchers.assistance.surveys.models import Survey, SurveyAnswer, SurveyedIndicator
from vouchers.assistance.surveys.queries import answers_of, surveys_of
from vouchers.assistance.surveys.rules.asking import QUESTIONS
from vouchers.assistance.surveys.wording import LABELS, STANDINGS
from vouchers.awards.models import Voucher

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class ShownValue:
    """One indicator: before, target, in the final report, and on the day of the survey."""

    code: str
    name: str
    unit: str
    baseline: str
    target: str
    reported: str
    value: str
    percent: str
    note: str


@dataclass(frozen=True)
class ShownSurvey:
    """A survey with the newest of what was sent of it; `answer` is None before the first."""

    survey: Survey
    standing: str
    answer: SurveyAnswer | None
    values: list[ShownValue]
    answers: list[tuple[str, str]]


def shown_surveys(voucher: Voucher) -> list[ShownSurvey]:
    """The surveys of a voucher, the first first; a constant number of queries."""
    return [_shown(one, _newest(one.answers.all())) for one in surveys_of(voucher)]


def shown_survey(survey: Survey) -> tuple[ShownSurvey, list[SurveyAnswer]]:
    """One survey, and every version that was sent of it, the newest first."""
    versions = answers_of(survey)
    return _shown(survey, versions[0] if versions else None), versions


def shown_values(rows: Iterable[SurveyedIndicator]) -> list[ShownValue]:
    """Indicators as pages show them."""
    return [
        ShownValue(
            one.code,
            one.name,
            one.unit,
            _said(one.baseline),
            _said(one.target),
            _said(one.reported),
            _said(one.value),
            _percent(one),
            one.note,
        )
        for one in rows
    ]


def _shown(survey: Survey, answer: SurveyAnswer | None) -> ShownSurvey:
    said = []
    for name in QUESTIONS:
        value = getattr(answer, name, None)
        if value is not None:
            said.append((str(LABELS[name]), _said(Decimal(value))))
    return ShownSurvey(
        survey,
        str(STANDINGS[survey.standing]),
        answer,
        shown_values(answer.indicators.all()) if answer is not None else [],
        said,
    )


def _newest(answers: Iterable[SurveyAnswer]) -> SurveyAnswer | None:
    return max(answers, key=lambda one: one.number, default=None)


def _percent(one: SurveyedIndicator) -> str:
    percent = reached_percent(one.baseline, one.target, one.value)
    return number(percent) if percent is not None else ""


def _said(value: Decimal) -> str:
    """The value in words, without decimals that say nothing."""
    is_whole = value == value.to_integral_value()
    return number(value.quantize(Decimal(1) if is_whole else _CENT))
