"""Where the parts of a picture are drawn: pure functions from values to marks, without Django.

All are laid out as one reads from the left; `mirrored` turns a picture for those who read from the
right. Lengths are units of the picture, which scales to its place: 340 across, fit for a telephone.
"""

from .bars import Bar, BarPicture, Value, bars
from .burndown import burndown
from .curves import Curve, curves
from .funnel import funnel
from .gantt import Task, gantt
from .marks import Line, Picture, Polygon, Rect, Text, mirrored
from .multiples import Panel, multiples
from .stacks import Stack, stacked_bars
from .timeline import Event, timeline

__all__ = [
    "Bar",
    "BarPicture",
    "Curve",
    "Event",
    "Line",
    "Panel",
    "Picture",
    "Polygon",
    "Rect",
    "Stack",
    "Task",
    "Text",
    "Value",
    "bars",
    "burndown",
    "curves",
    "funnel",
    "gantt",
    "mirrored",
    "multiples",
    "stacked_bars",
    "timeline",
]
