"""Asking for studies of rankings, and computing them."""

from .requests import request_study
from .studies import compute_study

__all__ = ["compute_study", "request_study"]
