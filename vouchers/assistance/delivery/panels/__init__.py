"""What pages of other rooms show of sessions: what their templates read."""

from .pictures import pictures_context
from .sessions import SHOWN, burndowns, log_context, rights_on, sessions_panel

__all__ = [
    "SHOWN",
    "burndowns",
    "log_context",
    "pictures_context",
    "rights_on",
    "sessions_panel",
]
