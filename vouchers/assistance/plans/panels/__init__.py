"""What pages show of plans: on the page of a voucher, as a whole, side by side, and drawn."""

from .gantt import plan_gantt
from .reading import ReadPart, ReadRow, read_changes, read_parts
from .voucher import plan_panel

__all__ = ["ReadPart", "ReadRow", "plan_gantt", "plan_panel", "read_changes", "read_parts"]
