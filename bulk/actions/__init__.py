"""Choosing rows, pressing, and doing it row by row."""

from .choosing import choose_rows, press
from .doing import RUNS

__all__ = ["RUNS", "choose_rows", "press"]
