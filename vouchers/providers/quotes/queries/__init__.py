"""Reads of requests for quotes, scoped to who asks: the names that other rooms use."""

from .comparing import (
    QuoteComparison,
    compare,
    files_visible_to,
    opened_quotes,
    quotes_visible_to,
)
from .terms import (
    choice_of,
    derogation_in_force,
    derogations_visible_to,
    invitations_of,
    invitations_visible_to,
    least_of,
    opening_of,
    terms_of,
    terms_visible_to,
)

__all__ = [
    "QuoteComparison",
    "choice_of",
    "compare",
    "derogation_in_force",
    "derogations_visible_to",
    "files_visible_to",
    "invitations_of",
    "invitations_visible_to",
    "least_of",
    "opened_quotes",
    "opening_of",
    "quotes_visible_to",
    "terms_of",
    "terms_visible_to",
]
