"""What people try, by where it belongs."""

from .going_on import GoingOn

__all__ = ["GoingOn"]
