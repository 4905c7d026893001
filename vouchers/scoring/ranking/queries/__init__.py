"""Reads of rankings: computed from the scores as they are, and stored for their page."""

from .closing import problems_before_closing
from .ranking import CountryPlaces, CountryRanking, places_by_country, ranked_by_country
from .stored import ShownRanking, countries_ranked_for

__all__ = [
    "CountryPlaces",
    "CountryRanking",
    "ShownRanking",
    "countries_ranked_for",
    "places_by_country",
    "problems_before_closing",
    "ranked_by_country",
]
