"""Every read about screening: the names that other rooms use."""

from .lists import hits_to_decide, list_in_force, lists_to_put_in_force
from .standing import (
    Clearance,
    Stand,
    clearance_of,
    refusal_of_payment,
    refusals_of_payments,
    what_stops_payment,
)

__all__ = [
    "Clearance",
    "Stand",
    "clearance_of",
    "hits_to_decide",
    "list_in_force",
    "lists_to_put_in_force",
    "refusal_of_payment",
    "refusals_of_payments",
    "what_stops_payment",
]
