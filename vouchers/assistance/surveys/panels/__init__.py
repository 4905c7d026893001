"""What pages show of surveys: on the page of a voucher, and to everybody."""

from .reading import ShownSurvey, ShownValue, shown_survey, shown_surveys

__all__ = ["ShownSurvey", "ShownValue", "shown_survey", "shown_surveys"]
