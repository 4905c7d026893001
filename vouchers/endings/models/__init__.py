"""Extensions, suspensions and early ends: the names that other rooms use."""

from .endings import Ending
from .extensions import Extension
from .suspensions import Suspension
from .unused import UnusedWarning

__all__ = ["Ending", "Extension", "Suspension", "UnusedWarning"]
