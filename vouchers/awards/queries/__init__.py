"""Reads of selections, awards, vouchers, reserve lists and reviews, scoped to who asks."""

from .acting import acts_for
from .appeals import appeal_against, appeals_to_decide, appeals_visible_to
from .countersigning import agreements_to_countersign, signed_agreement
from .offers import (
    award_of,
    award_within_reach,
    awards_visible_to,
    voucher_of,
    vouchers_visible_to,
)
from .reserve import (
    first_in_line,
    is_vacant,
    places_of_ended,
    places_to_offer,
    places_visible_to,
    reserve_list,
    reserve_to_decide,
    vacancies,
    vacancies_to_fill,
)
from .selection import (
    calls_to_decide,
    coordinators_of,
    decision_after,
    decisions_of,
    decisions_visible_to,
    published_decision,
    rounds_to_publish,
    rounds_visible_to,
)

__all__ = [
    "acts_for",
    "agreements_to_countersign",
    "appeal_against",
    "appeals_to_decide",
    "appeals_visible_to",
    "award_of",
    "award_within_reach",
    "awards_visible_to",
    "calls_to_decide",
    "coordinators_of",
    "decision_after",
    "decisions_of",
    "decisions_visible_to",
    "first_in_line",
    "is_vacant",
    "places_of_ended",
    "places_to_offer",
    "places_visible_to",
    "published_decision",
    "reserve_list",
    "reserve_to_decide",
    "rounds_to_publish",
    "rounds_visible_to",
    "signed_agreement",
    "vacancies",
    "vacancies_to_fill",
    "voucher_of",
    "vouchers_visible_to",
]
