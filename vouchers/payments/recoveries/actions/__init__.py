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
    lock_vouchers_of,
    plan_set_offs,
    write_set_offs,
)

__all__ = [
    "CorrectionTyped",
    "confirm_part",
    "decide_correction",
    "demand_recovery",
    "drop_set_offs",
    "enter_set_offs",
    "lock_vouchers_of",
    "mark_of_open",
    "plan_set_offs",
    "propose_correction",
    "receive_part",
    "refuse_correction",
    "remind_of_recoveries",
    "set_off_from_now_on",
    "take_back_part",
    "waive_part",
    "write_set_offs",
]
