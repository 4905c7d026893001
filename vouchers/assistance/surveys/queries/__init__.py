"""Reads of surveys: which are due, what they ask, what was answered, scoped to who asks."""

from .contents import answers_of, asked_of, draft_of, newest_answer, sheet_of, typed_of
from .due import addressee_of, due_surveys, mails_of, surveys_to_mail, without_addressee
from .surveys import (
    awaited_survey_of,
    awaited_surveys,
    representatives_of,
    standing_link_of,
    surveys_of,
    surveys_visible_to,
    with_answers,
    with_facts,
)

__all__ = [
    "addressee_of",
    "answers_of",
    "asked_of",
    "awaited_survey_of",
    "awaited_surveys",
    "draft_of",
    "due_surveys",
    "mails_of",
    "newest_answer",
    "representatives_of",
    "sheet_of",
    "standing_link_of",
    "surveys_of",
    "surveys_to_mail",
    "surveys_visible_to",
    "typed_of",
    "with_answers",
    "with_facts",
    "without_addressee",
]
