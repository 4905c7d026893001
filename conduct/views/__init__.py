"""Answers to refusals and reasons, in every room: the names that they use."""

from .addresses import is_in_background, own_page, same_site_referrer
from .reasons import ask_why
from .refusals import refusal_beside, refused_status

__all__ = [
    "ask_why",
    "is_in_background",
    "own_page",
    "refusal_beside",
    "refused_status",
    "same_site_referrer",
]
