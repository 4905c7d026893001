"""Every write about amendments: the names that other rooms use."""

from .closing import (
    lapse_amendment,
    lapse_amendments,
    refuse_amendment,
    withdraw_amendment,
)
from .drawing_up import AmendmentTerms, draw_up_amendment
from .signing import (
    countersign_amendment,
    send_amendment_code,
    send_amendment_countersigning_code,
    sign_amendment,
)

__all__ = [
    "AmendmentTerms",
    "countersign_amendment",
    "draw_up_amendment",
    "lapse_amendment",
    "lapse_amendments",
    "refuse_amendment",
    "send_amendment_code",
    "send_amendment_countersigning_code",
    "sign_amendment",
    "withdraw_amendment",
]
