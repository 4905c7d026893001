"""What finance does at last: history taken in, a month closed, papers of the books."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from conduct.queries.days import today
from demonstration.cast import Cast
from demonstration.clock import noon, on
from vouchers.awards.models import Voucher
from vouchers.books.actions import close_period, propose_period, take_in_earlier_money
from vouchers.calls.models import Call
from vouchers.payments.ledger.actions import issue_statement, issue_trial_balance

# The first two clusters of a country were in the round before the portal.
_EARLIER_ROUND = "Cluster Booster Track 2021"
_EARLIER_AMOUNT = Decimal("5000.00")


def keep_the_books(cast: Cast, slug: str) -> None:
    """Take in what came before, close the last month, and issue papers of a call's books."""
    finance = cast.finance[0]
    vouchers = Voucher.objects.filter(award__application__call__slug=slug).order_by("pk")
    with on(noon(-2)):
        for voucher in vouchers[:2]:
            take_in_earlier_money(
                voucher.award.application.cluster,
                programme=_EARLIER_ROUND,
                received_on=date(2021, 11, 15),
                amount=_EARLIER_AMOUNT,
                reason="Payment list of the lead partner, page 2",
                by=finance,
            )
        first_of_month = today().replace(day=1)
        proposal = propose_period(
            ends_on=first_of_month - timedelta(days=1),
            reason="All payments of the month are entered.",
            by=finance,
        )
        close_period(proposal, by=cast.coordinators[0])
        issue_trial_balance(Call.objects.get(slug=slug), by=finance)
        issue_statement(vouchers[0], by=finance)
