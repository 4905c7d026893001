"""A follow-up survey, its draft, what was answered in versions, and the links by which it is."""

from .answers import SurveyAnswer, SurveyedIndicator
from .links import SurveyLink, SurveyMail
from .surveys import Survey, SurveyDraft

__all__ = [
    "Survey",
    "SurveyAnswer",
    "SurveyDraft",
    "SurveyLink",
    "SurveyMail",
    "SurveyedIndicator",
]
