"""What coordinators and clusters type about selections, feedback, awards and reviews."""

from .appealing import AppealMessageForm, GroundsForm, JudgementForm
from .feedback import FeedbackForm
from .publishing import MovePublicationForm, PublishForm
from .selecting import DepartureFormSet, SelectionForm

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
