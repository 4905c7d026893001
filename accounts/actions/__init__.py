"""Every write about people: accounts, preferences, sessions, invitations and roles."""

from .invitations import accept_invitation, invite_person, withdraw_invitation
from .people import add_person, change_profile, choose_language
from .roles import grant_role, revoke_role
from .sessions import end_sessions

__all__ = [
    "accept_invitation",
    "add_person",
    "change_profile",
    "choose_language",
    "end_sessions",
    "grant_role",
    "invite_person",
    "revoke_role",
    "withdraw_invitation",
]
