"""Applications: answers, attachments, declarations on honour, recusals."""

from .answers import Answer
from .applications import SENT, Application
from .attachments import Attachment
from .declarations import SignedDeclaration
from .recusals import Recusal

__all__ = [
    "SENT",
    "Answer",
    "Application",
    "Attachment",
    "Recusal",
    "SignedDeclaration",
]
