"""What is handed in, version by version, with its files, points and answers."""

from .points import DeliverablePoint, PointAnswer, PointSide, Weight
from .versions import Deliverable, DeliverableFile

__all__ = [
    "Deliverable",
    "DeliverableFile",
    "DeliverablePoint",
    "PointAnswer",
    "PointSide",
    "Weight",
]
