"""Who you are: a person with an e-mail address, the roles they hold, and how they were invited."""

from .invitations import (
    INVITATION_LIFETIME,
    AnyOffer,
    Invitation,
    Offer,
    invitation_expiry,
    invitation_token,
)
from .people import Role, User, UserManager
from .roles import RoleGrant

__all__ = [
    "INVITATION_LIFETIME",
    "AnyOffer",
    "Invitation",
    "Offer",
    "Role",
    "RoleGrant",
    "User",
    "UserManager",
    "invitation_expiry",
    "invitation_token",
]
