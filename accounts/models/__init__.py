"""Who you are: a person with an e-mail address, the roles they hold, and how they were invited."""

from .invitations import (
    INVITATION_LIFETIME,
    UNTRACKED,
    AnyOffer,
    Invitation,
    Offer,
    invitation_expiry,
    invitation_token,
)
from .people import Role, User, UserManager
from .recovery import FactorReset
from .roles import CONFIRMED, DECIDING, FIRST_POLICY, FLOOR, RoleExclusion, RoleGrant

__all__ = [
    "CONFIRMED",
    "DECIDING",
    "FIRST_POLICY",
    "FLOOR",
    "INVITATION_LIFETIME",
    "UNTRACKED",
    "AnyOffer",
    "FactorReset",
    "Invitation",
    "Offer",
    "Role",
    "RoleExclusion",
    "RoleGrant",
    "User",
    "UserManager",
    "invitation_expiry",
    "invitation_token",
]
