"""Every write about sessions."""

from .confirming import confirm_session, return_session, withdraw_session
from .logging import SessionInput, log_session, log_session_anew

__all__ = [
    "SessionInput",
    "confirm_session",
    "log_session",
    "log_session_anew",
    "return_session",
    "withdraw_session",
]
