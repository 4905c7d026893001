"""Every write about what the bank says: files taken in, lines matched, set aside, or charged."""

from .matching import charge_line, confirm_line, match_line, set_line_aside
from .taking_in import take_in
from .uploading import read_bank_file

__all__ = [
    "charge_line",
    "confirm_line",
    "match_line",
    "read_bank_file",
    "set_line_aside",
    "take_in",
]
