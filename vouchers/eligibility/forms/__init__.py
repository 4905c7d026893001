"""What people fill in about eligibility."""

from .checks import CheckForm
from .clarifications import ClarificationAnswerForm, ClarificationForm, FileForm
from .duplicates import RemarkForm

__all__ = ["CheckForm", "ClarificationAnswerForm", "ClarificationForm", "FileForm", "RemarkForm"]
