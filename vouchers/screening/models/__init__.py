"""Lists of sanctions, screenings of payees, likenesses and decisions."""

from .lists import ListedEntity, ListedName, SanctionsList
from .screenings import HitDecision, SanctionsHit, Screening

__all__ = [
    "HitDecision",
    "ListedEntity",
    "ListedName",
    "SanctionsHit",
    "SanctionsList",
    "Screening",
]
