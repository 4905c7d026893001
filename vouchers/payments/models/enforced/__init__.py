"""What triggers of the money enforce where no constraint can, by topic."""

from .claims import (
    CAME_BACK,
    DONE,
    DONE_WITH,
    FIXED_WHEN_CLAIMED,
    FREE_TO_BE_REPLACED,
    NOTHING_STANDS,
    SENTENCES_OF_CLAIMS,
    claimed_of,
    is_its_lines,
    of_its_booking,
    of_its_payment,
    of_its_voucher,
)

__all__ = [
    "CAME_BACK",
    "DONE",
    "DONE_WITH",
    "FIXED_WHEN_CLAIMED",
    "FREE_TO_BE_REPLACED",
    "NOTHING_STANDS",
    "SENTENCES_OF_CLAIMS",
    "claimed_of",
    "is_its_lines",
    "of_its_booking",
    "of_its_payment",
    "of_its_voucher",
]
