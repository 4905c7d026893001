"""Pages about oneself, about people and their roles, and about invitations."""

from .invitations import confirm, invitation, invite, withdraw
from .own import choose_language, profile
from .recovery import (
    account,
    confirm_reset,
    deactivate,
    log_out,
    reactivate,
    reset_factors,
    withdraw_reset,
)
from .roles import given_roles, lift, people, revoke

__all__ = [
    "account",
    "choose_language",
    "confirm",
    "confirm_reset",
    "deactivate",
    "given_roles",
    "invitation",
    "invite",
    "lift",
    "log_out",
    "people",
    "profile",
    "reactivate",
    "reset_factors",
    "revoke",
    "withdraw",
    "withdraw_reset",
]
