"""What people fill in about eligibility."""

from .checks import CheckForm
from .clarifications import AnswerForm, ClarificationForm, FileForm
from .duplicates import RemarkForm

__all__ = ["AnswerForm", "CheckForm", "ClarificationForm", "FileForm", "RemarkForm"]
