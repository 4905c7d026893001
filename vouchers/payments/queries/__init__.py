"""Reads of the money, scoped to who asks."""

from .claims import (
    STANDING,
    claims_in,
    claims_of_invoice,
    claims_to_verify,
    claims_visible_to,
    is_claimed,
    last_of_milestone,
    people_of,
    unpaid_milestones,
)
from .ledger import (
    awards_out_of_balance,
    is_approved_in_the_ledger,
    ledger_of,
    out_of_balance,
)
from .likeness import LikeClaim, like_claims
from .orders import order_of, orders_visible_to, standing_order_of
from .rates import claims_on_rate, rate_before, rate_for, rates

__all__ = [
    "STANDING",
    "LikeClaim",
    "awards_out_of_balance",
    "claims_in",
    "claims_of_invoice",
    "claims_on_rate",
    "claims_to_verify",
    "claims_visible_to",
    "is_approved_in_the_ledger",
    "is_claimed",
    "last_of_milestone",
    "ledger_of",
    "like_claims",
    "order_of",
    "orders_visible_to",
    "out_of_balance",
    "people_of",
    "rate_before",
    "rate_for",
    "rates",
    "standing_order_of",
    "unpaid_milestones",
]
