"""Every write about people: accounts, preferences, sessions, invitations and roles."""

from .invitations import (
    accept_invitation,
    confirm_invitation,
    invite_person,
    withdraw_invitation,
)
from .offers import OFFERS_PER_ADDRESS_AND_DAY, OFFERS_PER_DAY, require_room_for_offer
from .people import add_person, change_profile, choose_language
from .recovery import (
    YOURSELF,
    confirm_reset,
    deactivate,
    log_out_everywhere,
    reactivate,
    reset_factors,
    withdraw_reset,
)
from .roles import exclude_roles, grant_role, lift_exclusion, revoke_role
from .sessions import end_sessions, locked_person

__all__ = [
    "OFFERS_PER_ADDRESS_AND_DAY",
    "OFFERS_PER_DAY",
    "YOURSELF",
    "accept_invitation",
    "add_person",
    "change_profile",
    "choose_language",
    "confirm_invitation",
    "confirm_reset",
    "deactivate",
    "end_sessions",
    "exclude_roles",
    "grant_role",
    "invite_person",
    "lift_exclusion",
    "locked_person",
    "log_out_everywhere",
    "reactivate",
    "require_room_for_offer",
    "reset_factors",
    "revoke_role",
    "withdraw_invitation",
    "withdraw_reset",
]
