"""Every write about corrections after audit and what comes back of them."""

from .correcting import CorrectionTyped, decide_correction, propose_correction, refuse_correction
from .demanding import (
    demand_recovery,
    mark_of_open,
    remind_of_recoveries,
    set_off_from_now_on,
)
from .parts import confirm_part, receive_part, take_back_part, waive_part
from .setting_off import (
    drop_set_offs,
    enter_set_offs,
    lock_corrections_of,
    lock_vouchers_of,
    lock_vouchers_owing,
    write_set_offs,
)

__all__ = [
    "CorrectionTyped",
    "confirm_part",
    "decide_correction",
    "demand_recovery",
    "drop_set_offs",
    "enter_set_offs",
    "lock_corrections_of",
    "lock_vouchers_of",
    "lock_vouchers_owing",
    "mark_of_open",
    "propose_correction",
    "receive_part",
    "refuse_correction",
    "remind_of_recoveries",
    "set_off_from_now_on",
    "take_back_part",
    "waive_part",
    "write_set_offs",
]
