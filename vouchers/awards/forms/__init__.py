"""What coordinators and clusters type about selections, feedback, awards and reviews."""

from .appeals import AppealMessageForm, GroundsForm, JudgementForm
from .feedback import FeedbackForm
from .publication import MovePublicationForm, PublishForm
from .selection import DepartureFormSet, SelectionForm

__all__ = [
    "AppealMessageForm",
    "DepartureFormSet",
    "FeedbackForm",
    "GroundsForm",
    "JudgementForm",
    "MovePublicationForm",
    "PublishForm",
    "SelectionForm",
]
