"""A personal link, and the codes by which a browser shows that it is its holder's."""

from .codes import LinkCode, Proven
from .personal import UNTRACKED, PersonalLink

__all__ = ["UNTRACKED", "LinkCode", "PersonalLink", "Proven"]
