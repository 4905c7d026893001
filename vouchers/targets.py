"""What can be uploaded to the rooms of this app: importing them registers it."""

from .applications import targets

__all__ = ["targets"]
