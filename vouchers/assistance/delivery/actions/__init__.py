"""Every write about sessions."""

from .confirming import confirm_session, return_session, withdraw_session
from .logging import SessionInput, log_session, log_session_anew
from .pictures import add_session_picture, remove_session_picture

__all__ = [
    "SessionInput",
    "add_session_picture",
    "confirm_session",
    "log_session",
    "log_session_anew",
    "remove_session_picture",
    "return_session",
    "withdraw_session",
]
