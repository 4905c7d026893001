"""Where vouchers stand, and lights that were set by hand."""

from . import changes
from .lights import LightOverride
from .standings import Light, OutdatedStanding, Party, Stage, Standing

__all__ = [
    "Light",
    "LightOverride",
    "OutdatedStanding",
    "Party",
    "Stage",
    "Standing",
    "changes",
]
