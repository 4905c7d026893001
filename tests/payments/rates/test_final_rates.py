"""The worked example: the same invoice by every rule, from the claim to what the bank pays."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from conduct.actions import Refused
from demonstration.clock import on
from demonstration.story.paying import paying_profile
from tests.making import opening, voucher_story
from tests.payments.ledger.making import entered, held_by, the_books_hold
from tests.payments.making import claim, rate
from vouchers.calls.models import Call
from vouchers.payments.actions import approve_claim, verify_claim
from vouchers.payments.batches.actions import propose_batch
from vouchers.payments.models import Claim
from vouchers.payments.rules.final_rates import final_with, mean_rate, months_between

D = Decimal
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 28), date(2026, 10, 5), date(2026, 11, 3)


def at(day):
    return on(datetime.combine(day, time(12), UTC))


def test_the_months_of_an_average_are_whole_and_one_at_least():
    assert months_between(SEPTEMBER, NOVEMBER) == ["2026-09", "2026-10", "2026-11"]
    assert months_between(date(2025, 12, 31), date(2026, 1, 1)) == ["2025-12", "2026-01"]
    assert months_between(NOVEMBER, NOVEMBER) == ["2026-11"]
    assert mean_rate([D("3.3801"), D("3.4012"), D("3.3950")]) == D("3.392100")
    assert [final_with("payment", way) for way in ("provider", "cluster")] == ["payment", ""]


def example(rule, rates=("3.3801", "3.4012", "3.3950"), amount="3000.000"):
    """3,000.000 TND, invoiced on 28 September, submitted on 5 October 2026, approved in November."""

    def of_the_rule(call):
        Call.objects.filter(pk=call.pk).update(rate_month_rule=rule)

    of_the_rule.remembered_as = f"rates of the month of the {rule}"
    with at(OCTOBER), opening(of_the_rule):
        told = voucher_story("accepted 0")
        for month, units in zip(("2026-09", "2026-10", "2026-11"), rates, strict=False):
            rate(told, "TND", units, month=month)
        found = claim(
            told._milestone(0), told.manager, amount=amount, currency="TND", day=SEPTEMBER
        )
        verify_claim(found, by=told.officer)
    return told, found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "provisional", "paid", "months"),
    [
        ("invoice", "887.55", "887.55", None),
        ("submission", "882.04", "882.04", None),
        ("payment", "882.04", "883.65", ["2026-11"]),
        ("booking", "882.04", "883.65", ["2026-11"]),
        ("average", "882.04", "884.41", ["2026-09", "2026-10", "2026-11"]),
    ],
)
def test_the_worked_example_comes_to_what_the_rule_says(rule, provisional, paid, months, client):
    told, found = example(rule)
    assert found.amount == D(provisional)
    with at(NOVEMBER):
        approve_claim(found, by=told.cast.coordinators[0])
        the_books_hold()
        batch = propose_batch(
            paying_profile(told.cast), [found], execution_on=NOVEMBER, by=told.cast.finance[0]
        )
        the_books_hold()
    found = Claim.objects.get(pk=found.pk)
    assert (batch.total, found.payable) == (D(paid), D(paid))
    assert held_by(told.voucher)["payable"] == D(paid)
    said = found.final_rates.first()
    assert (said.lines.get().months if said else None) == months
    # Posted is what differs from what was approved.
    raised = D(paid) - D(provisional) if rule in ("payment", "average") else D(0)
    assert entered(told.voucher, "raised") == raised
    assert entered(told.voucher, "lowered") == 0


@pytest.mark.django_db
def test_a_dearer_euro_lowers_what_is_paid_and_the_rest_is_the_vouchers_again():
    told, found = example("payment", rates=("3.3801", "3.4012", "3.5000"))
    with at(NOVEMBER):
        approve_claim(found, by=told.cast.coordinators[0])
        propose_batch(
            paying_profile(told.cast), [found], execution_on=NOVEMBER, by=told.cast.finance[0]
        )
        the_books_hold()
    found.refresh_from_db()
    assert (found.payable, entered(told.voucher, "lowered")) == (D("857.14"), D("24.90"))
    assert held_by(told.voucher)["committed"] == D("5000.00") - D("857.14")


@pytest.mark.django_db
def test_without_the_rate_of_the_month_nothing_is_proposed():
    told, found = example("payment", rates=("3.3801", "3.4012"))
    with at(NOVEMBER):
        approve_claim(found, by=told.cast.coordinators[0])
        with pytest.raises(Refused, match="November 2026 is not entered"):
            propose_batch(
                paying_profile(told.cast), [found], execution_on=NOVEMBER, by=told.cast.finance[0]
            )
