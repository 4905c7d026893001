"""Judging where vouchers stand; setting a light by hand, and lifting it."""

from .judging import judge, judge_outdated, judge_the_few, judged_now
from .lights import lift_light, set_light
from .reminding import remind_of_vouchers

__all__ = [
    "judge",
    "judge_outdated",
    "judge_the_few",
    "judged_now",
    "lift_light",
    "remind_of_vouchers",
    "set_light",
]
