"""What a survey asks, what is typed into it, and what was sent."""

from __future__ import annotations

from collections.abc import Mapping

from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.surveys.models import Survey, SurveyAnswer, SurveyDraft
from vouchers.assistance.surveys.rules.asking import ReportedValue, SurveySheet
from vouchers.awards.models import Voucher
from vouchers.calls.models.terms.surveys import ASKED_BY


def asked_of(voucher: Voucher) -> tuple[str, ...]:
    """The questions that the call of the voucher asks."""
    call = voucher.award.application.call
    return tuple(name for name, term in ASKED_BY.items() if getattr(call, term))


def sheet_of(survey: Survey) -> SurveySheet:
    """What the survey asks: the indicators of the report that was accepted, and its call's questions."""
    report = FinalReport.objects.filter(voucher=survey.voucher_id).select_related("version").first()
    version = report.version if report is not None else None
    rows = version.indicators.all() if version is not None else ()
    return SurveySheet(
        tuple(
            ReportedValue(
                str(one.key), one.code, one.name, one.unit, one.baseline, one.target, one.value
            )
            for one in rows
        ),
        asked_of(survey.voucher),
    )


def draft_of(survey: Survey) -> SurveyDraft | None:
    """What is typed into the survey; None before the first word."""
    return SurveyDraft.objects.filter(survey=survey).first()


def typed_of(draft: SurveyDraft | None) -> Mapping[str, str]:
    """The texts of a draft by the name of their field."""
    return draft.typed if draft is not None else {}


def answers_of(survey: Survey) -> list[SurveyAnswer]:
    """What was sent, the newest version first, with its rows."""
    found = survey.answers.select_related("link").prefetch_related("indicators")
    return list(found.order_by("-number"))


def newest_answer(survey: Survey) -> SurveyAnswer | None:
    """The version that was sent last; None before the first."""
    return next(iter(answers_of(survey)), None) if survey.versions else None
