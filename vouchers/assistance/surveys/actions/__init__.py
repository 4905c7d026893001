"""Every write about surveys: made and mailed by the clock, answered by link, sent anew."""

from .answering import OvertakenSurvey, save_survey, send_survey
from .making import mail_survey, mail_surveys, make_survey, make_surveys
from .sending import remind_of_survey, send_survey_anew

__all__ = [
    "OvertakenSurvey",
    "mail_survey",
    "mail_surveys",
    "make_survey",
    "make_surveys",
    "remind_of_survey",
    "save_survey",
    "send_survey",
    "send_survey_anew",
]
