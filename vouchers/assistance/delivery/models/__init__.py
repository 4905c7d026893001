"""The sessions of technical assistance."""

from .sessions import Session

__all__ = ["Session"]
