"""Every write of this room: the names that other rooms use."""

from .carrying_out import carry_out_ending, carry_out_endings, settle_voucher, settle_vouchers
from .ending import (
    decide_ending,
    give_up_voucher,
    propose_ending,
    refuse_ending,
    revoke_ending,
)
from .extending import (
    ask_for_extension,
    decide_extension,
    refuse_extension,
    withdraw_extension,
)
from .lapsing import confirm_lapse, warn_of_unused, warn_of_unused_vouchers
from .succeeding import name_representative
from .suspending import (
    bring_up_suspension,
    bring_up_suspensions,
    resume_voucher,
    suspend_voucher,
)
from .winding_up import wind_up_voucher, wind_up_vouchers

__all__ = [
    "ask_for_extension",
    "bring_up_suspension",
    "bring_up_suspensions",
    "carry_out_ending",
    "carry_out_endings",
    "confirm_lapse",
    "decide_ending",
    "decide_extension",
    "give_up_voucher",
    "name_representative",
    "propose_ending",
    "refuse_ending",
    "refuse_extension",
    "resume_voucher",
    "revoke_ending",
    "settle_voucher",
    "settle_vouchers",
    "suspend_voucher",
    "warn_of_unused",
    "warn_of_unused_vouchers",
    "wind_up_voucher",
    "wind_up_vouchers",
    "withdraw_extension",
]
