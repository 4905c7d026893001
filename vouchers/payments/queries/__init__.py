"""Reads of the money, scoped to who asks."""

from .claims import (
    STANDING,
    came_back_last,
    claims_in,
    claims_to_verify,
    claims_visible_to,
    earlier_claims,
    invoiced_in,
    invoices_visible_to,
    is_claimed_anew,
    lines_of,
    people_of,
    standing_invoices,
    unpaid_milestones,
)
from .ledger import (
    awards_out_of_balance,
    is_approved_in_the_ledger,
    ledger_of,
    out_of_balance,
)
from .likeness import LikeClaim, like_claims
from .orders import order_of, orders_visible_to
from .rates import claims_on_rate, rate_before, rate_for, rates

__all__ = [
    "STANDING",
    "LikeClaim",
    "awards_out_of_balance",
    "came_back_last",
    "claims_in",
    "claims_on_rate",
    "claims_to_verify",
    "claims_visible_to",
    "earlier_claims",
    "invoiced_in",
    "invoices_visible_to",
    "is_approved_in_the_ledger",
    "is_claimed_anew",
    "ledger_of",
    "like_claims",
    "lines_of",
    "order_of",
    "orders_visible_to",
    "out_of_balance",
    "people_of",
    "rate_before",
    "rate_for",
    "rates",
    "standing_invoices",
    "unpaid_milestones",
]
