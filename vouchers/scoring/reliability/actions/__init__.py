"""Asking for studies of rankings, and computing them."""

from .requests import request_study
from .studies import compute_study, lost_studies

__all__ = ["compute_study", "lost_studies", "request_study"]
