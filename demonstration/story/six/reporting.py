"""What came of a voucher: the report, what everybody may read of it, and the survey months later."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from demonstration.clock import on
from demonstration.content.reports import picture
from demonstration.story.surveys import morning_of
from drafts.actions import RemarkInput
from vouchers.assistance.reports import actions
from vouchers.assistance.reports.models import FinalReport, ReportPart
from vouchers.assistance.reports.queries import aims_of
from vouchers.assistance.surveys import actions as surveys
from vouchers.assistance.surveys.models import Survey
from vouchers.assistance.surveys.queries import draft_of, sheet_of, standing_link_of
from vouchers.assistance.surveys.rules.asking import note_of, value_of
from vouchers.payments.actions import accept_report

from .telling import Telling

# The columns of a report that the partner returned, and the parts where they stand.
_PARTS = {"results": ReportPart.BROUGHT, "lessons": ReportPart.BROUGHT}


def report(telling: Telling) -> None:
    """The cluster reports, mends what the partner returned, consents by kind; the voucher is closed."""
    words, manager, officer = telling.words.report, telling.manager, telling.officer
    told = {
        "summary": words.summary,
        "results": words.results,
        "story": words.story,
        "lessons": words.lessons,
        "members_reached": words.members_reached,
        "women_reached": words.women_reached,
        "satisfaction": words.satisfaction,
        "provider_words": words.provider,
    }
    with telling.day(192):
        shown = actions.add_picture(telling.voucher, picture(), by=manager)
        rows = {
            "indicators": _reached(telling),
            "pictures": [{"key": str(shown.key), **vars(words.picture)}],
        }
        column, remark, before = words.returned or ("", "", "")
        first = {**told, column: before} if words.returned else told
        sent = _send(telling, **first, **rows)
    if words.returned:
        with telling.day(196):
            actions.return_report(
                sent, reason="", remarks=[RemarkInput(_PARTS[column], remark)], by=officer
            )
        with telling.day(200):
            sent = _send(telling, **{column: told[column]})
    with telling.day(205):
        actions.say_what_is_public(telling.voucher, words.consents, by=manager)
    with telling.day(210):
        accept_report(sent, by=officer)


def answer_survey(telling: Telling, *, months: int, days: int) -> None:
    """So many days after it was mailed, the cluster answers the survey by its link."""
    survey = Survey.objects.get(voucher=telling.voucher, months=months)
    with on(morning_of(telling.story, months) + timedelta(days=days)):
        answer(telling, survey, jobs=telling.words.survey.jobs)


def answer(telling: Telling, survey: Survey, *, jobs: str) -> None:
    """Answer the survey now, or once more with another number of jobs."""
    link, draft, words = standing_link_of(survey), draft_of(survey), telling.words.survey
    if link is None:
        raise ValueError(f"No link to a survey of {telling.voucher} stands.")
    later = {aim.name: aim.later for aim in telling.words.aims}
    typed = {
        "jobs_created": jobs,
        "turnover_change": words.turnover,
        "new_markets": words.markets,
        "members": str(telling.words.report.members_reached + 6),
        "words": words.words,
    }
    for one in sheet_of(survey).indicators:
        typed[value_of(one.key)] = later[one.name]
        typed[note_of(one.key)] = words.counted
    saved = surveys.save_survey(survey, typed, seen=draft.seen_as if draft else 0, by=link)
    if isinstance(saved, surveys.OvertakenSurvey):
        raise TypeError("Nobody else writes in the story.")
    surveys.send_survey(survey, seen=saved.seen_as, by=link)


def _send(telling: Telling, **told: object) -> FinalReport:
    draft = actions.save_report(telling.voucher, by=telling.manager, **told)
    return actions.submit_report(draft, by=telling.manager)


def _reached(telling: Telling) -> list[dict[str, str]]:
    words = {aim.name: aim for aim in telling.words.aims}
    return [
        {
            "key": aim.key,
            "value": str(Decimal(words[aim.name].reached)),
            "note": words[aim.name].note,
            "evidence": words[aim.name].evidence,
        }
        for aim in aims_of(telling.voucher)
    ]
