"""Every write in the books: entries, as a part of the actions that move money; periods; history."""

from .earlier import take_back_earlier_money, take_in_earlier_money
from .periods import close_period, drop_proposal, propose_period
from .posting import charge, grant_budget, lock_books, post, release

__all__ = [
    "charge",
    "close_period",
    "drop_proposal",
    "grant_budget",
    "lock_books",
    "post",
    "propose_period",
    "release",
    "take_back_earlier_money",
    "take_in_earlier_money",
]
