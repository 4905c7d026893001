"""Choosing rows, pressing, and doing it row by row."""

from .choosing import choose_rows, forget_choices, press
from .doing import RUNS

__all__ = ["RUNS", "choose_rows", "forget_choices", "press"]
