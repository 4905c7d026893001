"""What people tell about themselves, and whom they invite: the names that views use."""

from .people import (
    ExclusionForm,
    InviteForm,
    PeopleFilterForm,
    ProfileForm,
    RoleReasonForm,
    SignupForm,
)

__all__ = [
    "ExclusionForm",
    "InviteForm",
    "PeopleFilterForm",
    "ProfileForm",
    "RoleReasonForm",
    "SignupForm",
]
