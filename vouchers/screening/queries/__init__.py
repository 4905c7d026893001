"""Every read about screening: the names that other rooms use."""

from .lists import hits_to_decide, list_in_force, lists_to_put_in_force
from .standing import Stand, Standing, standing_of, what_stops_payment

__all__ = [
    "Stand",
    "Standing",
    "hits_to_decide",
    "list_in_force",
    "lists_to_put_in_force",
    "standing_of",
    "what_stops_payment",
]
