"""Where vouchers stand, and lights that were set by hand."""

from . import changes
from .lights import LightOverride
from .standings import Light, OutdatedStanding, Party, Standing, VoucherStage

__all__ = [
    "Light",
    "LightOverride",
    "OutdatedStanding",
    "Party",
    "Standing",
    "VoucherStage",
    "changes",
]
