"""What people try, by topic; each is a part of the machine."""

from .going_on import GoingOn
from .looking import Looking

__all__ = ["GoingOn", "Looking"]
