"""Every figure that pages of this room show, by the records it is asked of."""

from .assistance import ASSISTANCE
from .money import MONEY
from .selection import SELECTION
from .shapes import Figure, Period, Source, Unit
from .vouchers import VOUCHERS

FIGURES: dict[str, Figure] = {one.name: one for one in (*SELECTION, *VOUCHERS, *ASSISTANCE, *MONEY)}

__all__ = ["FIGURES", "Figure", "Period", "Source", "Unit"]
