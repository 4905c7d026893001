"""How every write is conducted: the names that other rooms use."""

from .acting import action, action_label, actions_called, constraints_of
from .refusals import (
    Gone,
    NoSpace,
    NotAllowed,
    Outdated,
    OutOfOrder,
    Refused,
    TooLate,
    require,
    require_words,
    want_of_space_told,
)
from .states import judged, locked, move, require_state

__all__ = [
    "Gone",
    "NoSpace",
    "NotAllowed",
    "OutOfOrder",
    "Outdated",
    "Refused",
    "TooLate",
    "action",
    "action_label",
    "actions_called",
    "constraints_of",
    "judged",
    "locked",
    "move",
    "require",
    "require_state",
    "require_words",
    "want_of_space_told",
]
