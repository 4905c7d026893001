"""The six vouchers of the article, each told through all that assistance is made of."""

from .buying import buy
from .finding import meet, record_needs
from .planning import amend, plan
from .reporting import answer, answer_survey, report
from .telling import Telling
from .working import get_paid, set_light_by_hand, talk, work

__all__ = ["Telling", "answer", "answer_survey", "tell_voucher"]


def tell_voucher(telling: Telling) -> None:
    """From the first meeting to the closing."""
    meet(telling)
    record_needs(telling)
    plan(telling)
    buy(telling)
    talk(telling)
    work(telling, 0)
    get_paid(telling, 0)
    amend(telling)
    set_light_by_hand(telling)
    work(telling, 1)
    get_paid(telling, 1)
    report(telling)
