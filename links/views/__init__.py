"""What a room's page by a personal link is built on."""

from .pages import LinkPage

__all__ = ["LinkPage"]
