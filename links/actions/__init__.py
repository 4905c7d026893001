"""Every write about personal links."""

from .codes import prove_with_code, send_code
from .issuing import extend_link, issue_link, withdraw_link
from .opening import note_opening

__all__ = [
    "extend_link",
    "issue_link",
    "note_opening",
    "prove_with_code",
    "send_code",
    "withdraw_link",
]
