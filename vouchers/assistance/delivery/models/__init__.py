"""The sessions of technical assistance."""

from .pictures import SessionPicture
from .sessions import Session

__all__ = ["Session", "SessionPicture"]
