"""Reads of rankings: computed from the scores as they are, and stored for their page."""

from .closing import problems_before_closing
from .ranking import CountryRanking, ranked_by_country
from .stored import ShownRanking, countries_ranked_for

__all__ = [
    "CountryRanking",
    "ShownRanking",
    "countries_ranked_for",
    "problems_before_closing",
    "ranked_by_country",
]
