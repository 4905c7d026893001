"""Reads of extensions, suspensions and early ends, scoped to who asks."""

from .endings import (
    ending_of,
    endings_to_carry_out,
    endings_to_decide,
    endings_visible_to,
    suspended_to_look_at,
    suspension_of,
    suspensions_to_review,
    vouchers_to_settle,
)
from .extensions import (
    extensions_to_answer,
    extensions_to_grant,
    extensions_visible_to,
    is_amended_by_both,
    limits_of,
)
from .filtering import ENDINGS, with_ending
from .money import payable_milestones, to_release, under_way
from .unused import (
    is_unused,
    quiet_since,
    unused_vouchers,
    vouchers_to_lapse,
    vouchers_without_manager,
    warnings_of,
)
from .winding_up import (
    meetings_left_of,
    open_extensions_of,
    terms_left_of,
    vouchers_to_wind_up,
)

__all__ = [
    "ENDINGS",
    "ending_of",
    "endings_to_carry_out",
    "endings_to_decide",
    "endings_visible_to",
    "extensions_to_answer",
    "extensions_to_grant",
    "extensions_visible_to",
    "is_amended_by_both",
    "is_unused",
    "limits_of",
    "meetings_left_of",
    "open_extensions_of",
    "payable_milestones",
    "quiet_since",
    "suspended_to_look_at",
    "suspension_of",
    "suspensions_to_review",
    "terms_left_of",
    "to_release",
    "under_way",
    "unused_vouchers",
    "vouchers_to_lapse",
    "vouchers_to_settle",
    "vouchers_to_wind_up",
    "vouchers_without_manager",
    "warnings_of",
    "with_ending",
]
