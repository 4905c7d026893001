"""Closing the scoring of a call and opening it again; storing its ranking."""

from .closing import close_scoring, reopen_scoring
from .current import shown_ranking
from .stored import store_ranking

__all__ = ["close_scoring", "reopen_scoring", "shown_ranking", "store_ranking"]
