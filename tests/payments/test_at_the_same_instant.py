"""Two people press at the same instant: only what the voucher can bear passes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from unittest.mock import patch

import pgtrigger
import pytest
from django.db import connection

from conduct.actions import Refused
from conduct.models.owning import as_owner
from demonstration.clock import noon, on
from demonstration.content.accounts import bank_account
from demonstration.signing import signed
from demonstration.story.paying import exported, paying_profile
from tests.making import awarded, today_there, voucher_story
from tests.payments.making import approved, claim, ordered, rate
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.actions import accept_award
from vouchers.awards.models import Voucher
from vouchers.books.models import LedgerEntry
from vouchers.payments.actions import (
    approve_claim,
    correct_rate,
)
from vouchers.payments.batches.actions import record_payment
from vouchers.payments.claims.actions import submitting
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.providers.actions.accounts import change_provider_account

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls):
    """Run the calls in threads of their own that start at one instant; what each came to."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        try:
            barrier.wait()
            return call()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


_TO_VERIFY = ("handed in", "accepted by cluster", "accepted", "claimed", "verified")


def two_verified_claims():
    """Two verified claims of 3,000 EUR each on a voucher of 5,000 EUR.

    No plan allows them: the amounts are set behind the back of the actions, so that only the
    database stands between them and the voucher.
    """
    told = voucher_story("plan approved")
    with as_owner(), pgtrigger.ignore("vouchers.Milestone:kept_by_triggers"):
        Milestone.objects.filter(plan__voucher=told.voucher).update(amount=Decimal("3000.00"))
    told.shares = (Decimal("3000.00"), Decimal("3000.00"))
    steps = dict(told._steps())
    for name in [f"{step} {index}" for index in (0, 1) for step in _TO_VERIFY]:
        with on(noon(-12)), patch.object(submitting, "require_within", lambda *_: None):
            steps[name]()
    return told, list(Claim.objects.order_by("pk"))


@pytest.mark.parametrize("attempt", range(3))
def test_two_approvals_at_once_never_exceed_the_voucher(attempt):
    told, (first, second) = two_verified_claims()
    one, other = told.cast.coordinators
    results = together(
        lambda: approve_claim(first, by=one), lambda: approve_claim(second, by=other)
    )
    refusals = [result for result in results if isinstance(result, str)]
    assert refusals == ["The voucher cannot bear this amount."]
    voucher = Voucher.objects.get(pk=told.voucher.pk)
    assert voucher.approved == Decimal("3000.00")
    assert sorted(Claim.objects.values_list("state", flat=True)) == ["approved", "verified"]
    assert LedgerEntry.objects.filter(kind="approval").count() == 1


def test_one_claim_approved_by_two_people_at_once_is_approved_once():
    told = voucher_story("verified 0")
    claim = Claim.objects.get()
    one, other = told.cast.coordinators
    results = together(lambda: approve_claim(claim, by=one), lambda: approve_claim(claim, by=other))
    assert sum(isinstance(result, Claim) for result in results) == 1
    assert LedgerEntry.objects.get(kind="approval").amount == claim.amount


def test_one_payment_recorded_twice_at_once_is_recorded_once():
    told = voucher_story("ordered 0")
    order = PaymentOrder.objects.get()
    day = today_there()
    person = told.cast.finance[1]
    results = together(
        lambda: record_payment(order, paid_on=day, bank_reference="A", by=person),
        lambda: record_payment(order, paid_on=day, bank_reference="B", by=person),
    )
    assert sum(isinstance(result, PaymentOrder) for result in results) == 1
    assert Voucher.objects.get(pk=told.voucher.pk).paid == order.amount
    assert LedgerEntry.objects.filter(kind="booking").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_one_invoice_claimed_twice_at_once_is_claimed_once(attempt):
    told = voucher_story("accepted 0")
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(1)
    first, second = told._milestone(0), told._milestone(1)
    results = together(
        lambda: claim(first, told.manager, number="INV 12", amount="100.00"),
        lambda: claim(second, told.manager, number="inv-12", amount="100.00"),
    )
    assert sum(isinstance(result, Claim) for result in results) == 1
    assert next(result for result in results if isinstance(result, str)).startswith(
        "This invoice of the provider is claimed already."
    )
    assert Claim.objects.count() == 1


def test_the_database_itself_orders_two_claims_of_one_invoice(monkeypatch):
    """The row lock of the voucher and the check of the action are taken away: the index is left."""
    told = voucher_story("accepted 0")
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(1)
    monkeypatch.setattr(
        "vouchers.payments.claims.actions.invoices._require_first_claim", lambda *a: None
    )
    first, second = told._milestone(0), told._milestone(1)
    results = together(
        lambda: claim(first, told.manager, number="INV 12", amount="100.00"),
        lambda: claim(second, told.manager, number="INV 12", amount="100.00"),
    )
    assert next(result for result in results if isinstance(result, str)).startswith(
        "This invoice of the provider is claimed already."
    )
    assert Claim.objects.count() == 1


def test_a_rate_corrected_while_it_is_claimed_is_corrected_or_claimed_never_both():
    told = voucher_story("accepted 0")
    wrong = rate(told, "USD", "1.08")
    milestone = told._milestone(0)
    together(
        lambda: claim(milestone, told.manager, amount="108.00", currency="USD"),
        lambda: correct_rate(
            wrong, units_per_euro=Decimal("1.09"), reason="A slip.", by=told.cast.finance[1]
        ),
    )
    wrong.refresh_from_db()
    claims = Claim.objects.all()
    if wrong.replaced_at is None:
        assert [found.rate for found in claims] == [wrong]
    else:
        assert all(found.rate == wrong.correction for found in claims)


def test_two_payments_with_one_reference_at_once_are_one():
    told = voucher_story("accepted 0")
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(1)
    orders = [
        ordered(told, told._milestone(index), number=f"F-{index}", amount="100.00")
        for index in (0, 1)
    ]
    results = together(
        *(
            lambda order=order: record_payment(
                order,
                paid_on=today_there(),
                bank_reference="BK 1",
                by=told.cast.finance[1],
            )
            for order in orders
        )
    )
    assert sum(isinstance(result, PaymentOrder) for result in results) == 1
    assert LedgerEntry.objects.filter(kind="booking").count() == 1


def test_an_account_changed_while_an_order_is_given_is_not_ordered_to_unverified():
    told = voucher_story("accepted 0")
    found = approved(told, told._milestone(0))
    paying_profile(told.cast)
    together(
        lambda: exported([found], told.cast),
        lambda: change_provider_account(
            told.provider,
            bank_account=bank_account("LB", 4711),
            reason="They have moved.",
            by=told.officer,
        ),
    )
    # Proposed before or not, nothing is with the bank that goes to an account of yesterday.
    for order in PaymentOrder.objects.all():
        assert order.bank_account == bank_account("LB", 77)


def test_an_award_accepted_twice_at_once_gives_one_voucher():
    _story, (award,) = awarded()
    manager = award.application.submitted_by
    signing = signed(award, manager)
    results = together(
        lambda: accept_award(award, signing=signing, by=manager),
        lambda: accept_award(award, signing=signing, by=manager),
    )
    assert sum(isinstance(result, Voucher) for result in results) == 1
    assert Voucher.objects.get().amount == Decimal("5000.00")
