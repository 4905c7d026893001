"""What people tell about themselves, and whom they invite: the names that views use."""

from .people import (
    ExclusionForm,
    InviteForm,
    ProfileForm,
    RoleReasonForm,
    SignupForm,
)

__all__ = [
    "ExclusionForm",
    "InviteForm",
    "ProfileForm",
    "RoleReasonForm",
    "SignupForm",
]
