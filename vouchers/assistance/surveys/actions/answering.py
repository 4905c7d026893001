"""What a representative does by the link of a survey: keeps what is typed, sends it, corrects it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.actions import NotAllowed, OutOfOrder, Refused, action, constraints_of, locked
from conduct.queries.clock import database_now
from drafts.actions.rows import MOST_CHARACTERS
from drafts.rules import is_overtaken
from vouchers.assistance.actions.steps import tell_officers
from vouchers.assistance.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyDraft,
    SurveyedIndicator,
    SurveyLink,
)
from vouchers.assistance.surveys.queries import draft_of, sheet_of, typed_of
from vouchers.assistance.surveys.rules.asking import SurveyContent, SurveySheet
from vouchers.assistance.surveys.rules.reading import read_survey
from vouchers.assistance.surveys.wording import sentence_of

from .sending import require_not_ended


@dataclass(frozen=True)
class OvertakenSurvey:
    """What another browser saved since this one was shown the form; nothing was overwritten."""

    theirs: SurveyDraft


@action(gettext_lazy("Follow-up survey saved"))
def save_survey(
    survey: Survey, typed: Mapping[str, str], *, seen: int, by: SurveyLink
) -> SurveyDraft | OvertakenSurvey:
    """Keep what was typed, right or wrong, by the name of its field; what is not asked is left away.

    `seen` is the count of changes of the draft that the browser was shown (0 for none). Where another
    one saved meanwhile, nothing is saved and that is returned. Raises TooLate once the survey ended,
    OutOfOrder for a link that did, Refused for texts longer than any survey.
    """
    survey, by = locked(survey), locked(by)
    _require_open(survey, by)
    kept = {name: typed[name] for name in sheet_of(survey).fields if name in typed}
    if sum(map(len, kept.values())) > MOST_CHARACTERS:
        raise Refused(
            _("More than %(number)s characters cannot be saved. Please shorten it.")
            % {"number": number_format(MOST_CHARACTERS, force_grouping=True)}
        )
    draft = draft_of(survey) or SurveyDraft(survey=survey)
    if draft.typed == kept and draft.pk:
        return draft
    if is_overtaken(draft.seen_as, seen):
        return OvertakenSurvey(draft)
    draft.typed, draft.link, draft.changed_at = kept, by, database_now()
    draft.seen_as += 1
    draft.save()
    return draft


@action(gettext_lazy("Follow-up survey answered"))
def send_survey(survey: Survey, *, seen: int, by: SurveyLink) -> SurveyAnswer:
    """Send what is saved as the next version; the officers are told of the first.

    What was changed in nothing since it was sent is that version: sent twice it is one.
    Raises OutOfOrder with what is wrong first, and where another browser saved since `seen`; TooLate
    once the survey ended.
    """
    survey, by = locked(survey), locked(by)
    _require_open(survey, by)
    draft = draft_of(survey)
    if is_overtaken(draft.seen_as if draft else 0, seen):
        raise OutOfOrder(
            _("Another browser changed the survey meanwhile. Please read it again, then send it.")
        )
    newest = survey.answers.order_by("-number").first()
    if newest is not None and draft is not None and draft.changed_at <= newest.sent_at:
        return newest
    sheet = sheet_of(survey)
    content, problems = read_survey(typed_of(draft), sheet)
    for problem in problems:
        raise OutOfOrder(sentence_of(problem))
    with constraints_of(SurveyAnswer, SurveyedIndicator, Survey):
        answer = _write(survey, content, sheet, by)
        survey.versions = answer.number
        if survey.answered_at is None:
            survey.answered_at = answer.sent_at
        survey.save()
    if answer.number == 1:
        tell_officers("survey-answered", survey.voucher, months=str(survey.months))
    return answer


def _require_open(survey: Survey, link: SurveyLink) -> None:
    """Raise unless the survey has not ended, and the link still opens it; both are locked."""
    if link.survey_id != survey.pk:
        raise NotAllowed(_("This link is for another survey."))
    require_not_ended(survey)
    if not link.is_open:
        raise OutOfOrder(_("This link has ended: ask who sent it to you for a new one."))


def _write(
    survey: Survey, content: SurveyContent, sheet: SurveySheet, link: SurveyLink
) -> SurveyAnswer:
    answer = SurveyAnswer.objects.create(
        survey=survey,
        number=survey.versions + 1,
        words=content.words,
        link=link,
        sent_at=database_now(),
        **{
            name: value if name == "turnover_change" or value is None else int(value)
            for name, value in content.answers.items()
        },
    )
    SurveyedIndicator.objects.bulk_create(
        SurveyedIndicator(
            answer=answer,
            position=place,
            key=one.key,
            code=one.code,
            name=one.name,
            unit=one.unit,
            baseline=one.baseline,
            target=one.target,
            reported=one.reported,
            value=_known(content.values[one.key]),
            note=content.notes[one.key],
        )
        for place, one in enumerate(sheet.indicators, 1)
    )
    return answer


def _known(value: Decimal | None) -> Decimal:
    """What a survey with which nothing is amiss has."""
    if value is None:
        raise ValueError("The survey was not judged before it was written.")
    return value
