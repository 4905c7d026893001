"""Somebody acts on a page that a colleague has overtaken: the action judges the row as it is now."""

from decimal import Decimal

import pgtrigger
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actions import revoke_role
from accounts.models import RoleGrant, User
from conduct.actions import NotAllowed, OutOfOrder, Refused, locked
from conduct.models.owning import as_owner
from demonstration.story.paying import exported
from tests.endings.making import extended
from tests.making import today_there, voucher_story
from tests.payments.making import order_of
from tests.people import log_in
from vouchers.awards.models import Voucher
from vouchers.books.actions import post
from vouchers.books.models import LedgerEntry
from vouchers.payments import actions
from vouchers.payments.batches.actions import record_payment
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.queries import out_of_balance

pytestmark = pytest.mark.django_db


@pytest.fixture
def verified():
    """A story whose first claim (3,000 of 5,000 EUR) is verified."""
    return voucher_story("verified 0")


def as_read():
    """The only claim, as a page reads it: an object that nobody refreshes."""
    return Claim.objects.select_related("voucher").get()


def test_a_coordinator_cannot_return_what_another_approved_meanwhile(verified):
    one, other = verified.cast.coordinators
    seen = as_read()
    actions.approve_claim(as_read(), by=other)
    with pytest.raises(OutOfOrder, match="approved"):
        actions.return_claim(seen, reason="The invoice is unreadable.", by=one)
    claim = Claim.objects.get()
    assert (claim.state, claim.return_reason) == (Claim.State.APPROVED, "")
    assert Voucher.objects.get(pk=claim.voucher_id).approved == Decimal("3000.00")
    assert not out_of_balance().exists()
    # The way back that is left takes the approval with it.
    actions.reverse_approval(claim, reason="The invoice is unreadable.", by=one)
    assert Voucher.objects.get(pk=claim.voucher_id).approved == 0
    assert not out_of_balance().exists()


def test_who_returns_a_claim_too_late_reads_why_and_keeps_the_reason(client, verified):
    one, other = verified.cast.coordinators
    address = reverse("payments:return", args=[as_read().pk])
    log_in(client, one)
    assert client.get(address).status_code == 200
    actions.approve_claim(as_read(), by=other)
    page = client.post(address, {"reason": "The invoice is unreadable."})
    assert "the claim is “approved”" in page.content.decode()
    assert "The invoice is unreadable." in page.content.decode()


@pytest.mark.parametrize(
    ("step", "meanwhile"),
    [
        ("verify_claim", "return"),
        ("approve_claim", "return"),
        ("approve_claim", "approve"),
        ("reverse_approval", "order"),
    ],
)
def test_no_step_follows_on_what_the_page_said(step, meanwhile):
    before = {"verify_claim": "claimed 0", "approve_claim": "verified 0"}
    told = voucher_story(before.get(step, "approved 0"))
    one, other = told.cast.coordinators
    seen = as_read()
    if meanwhile == "return":
        person = told.officer if step == "verify_claim" else other
        actions.return_claim(as_read(), reason="Wrong invoice.", by=person)
    elif meanwhile == "approve":
        actions.approve_claim(as_read(), by=other)
    elif meanwhile == "order":
        exported([as_read()], told.cast)
    else:
        actions.reverse_approval(as_read(), reason="Wrong invoice.", by=other)
    people = {
        "verify_claim": told.officer,
    }
    terms = {"reason": "Wrong."} if step == "reverse_approval" else {}
    stands = as_read().state
    with pytest.raises((OutOfOrder, NotAllowed)):
        getattr(actions, step)(seen, by=people.get(step, one), **terms)
    assert as_read().state == stands
    assert not out_of_balance().exists()


def test_who_took_a_step_meanwhile_takes_no_other():
    """The person who ordered is refused in words, though the page that they post from is older."""
    told = voucher_story("approved 0")
    finance = told.cast.finance[0]
    order = order_of(as_read(), told.cast)
    seen = PaymentOrder.objects.select_related("claim").get(pk=order.pk)
    # As a page said that was read before; never saved.
    seen.claim.ordered_by = told.cast.finance[1]
    with pytest.raises(NotAllowed, match="no earlier step"):
        record_payment(seen, paid_on=today_there(), bank_reference="BK", by=finance)


def test_a_role_that_was_taken_away_meanwhile_counts_no_more(verified):
    coordinator = User.objects.get(pk=verified.cast.coordinators[0].pk)
    assert coordinator.holds("coordinator")
    grant = RoleGrant.objects.get(user=coordinator, role="coordinator", revoked_at=None)
    administrator = RoleGrant.objects.filter(role="administrator").first().user
    revoke_role(grant, by=administrator)
    with pytest.raises(NotAllowed):
        actions.approve_claim(as_read(), by=coordinator)


def test_a_claim_is_locked_after_its_voucher_and_hangs_on_it(verified, django_assert_num_queries):
    seen = as_read()
    until = extended(seen.voucher).valid_until
    assert until > seen.voucher.valid_until
    with transaction.atomic(), django_assert_num_queries(2) as queries:
        fresh = locked(seen)
        assert fresh.voucher.valid_until == until
    tables = [query["sql"].split('FROM "')[1].split('"')[0] for query in queries]
    assert tables == ["vouchers_voucher", "vouchers_claim"]
    assert all("FOR NO KEY UPDATE" in query["sql"] for query in queries)


# ---- what the database refuses, whoever writes


def test_the_database_keeps_an_approval_from_standing_on_a_returned_claim(verified):
    actions.approve_claim(as_read(), by=verified.cast.coordinators[0])
    with pytest.raises(IntegrityError, match="not corrected"), transaction.atomic():
        Claim.objects.update(state="returned")


def enter(kind, claim, amount=None, *, of=None):
    """Enter it as an action does that does not look at what it enters."""
    return post(
        kind,
        claim,
        application=(of or claim.voucher).award.application,
        amount=amount or claim.amount,
        by=None,
        note="once more",
    )


@pytest.mark.parametrize("kind", ["approval", "reversal", "order", "booking"])
def test_the_database_takes_no_entry_for_a_claim_that_is_not_approved(verified, kind):
    claim = as_read()
    with pytest.raises(
        (IntegrityError, Refused), match=r"as that is approved|Only what|cannot bear"
    ):
        enter(kind, claim)
    assert not LedgerEntry.objects.filter(source_type="claim").exists()


@pytest.mark.parametrize("kind", ["approval", "reversal", "order", "booking"])
def test_nor_at_another_amount_than_that_of_the_claim(verified, kind):
    actions.approve_claim(as_read(), by=verified.cast.coordinators[0])
    for step in ("_hand_in", "accept_as_cluster", "_accept", "_claim", "_verify"):
        getattr(verified, step)(1)
    claim = Claim.objects.get(state="verified")
    with pytest.raises((IntegrityError, Refused), match=r"as that is approved|Only what"):
        enter(kind, claim, Decimal("1.00"))
    assert LedgerEntry.objects.filter(source_type="claim").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_approval_that_was_lost_is_seen_as_out_of_balance(verified):
    """As it stood before the triggers: returned, its approval in the ledger, sums as the ledger.

    Only the owner of the tables can still bring it about.
    """
    actions.approve_claim(as_read(), by=verified.cast.coordinators[0])
    with as_owner(), pgtrigger.ignore("vouchers.Claim:a_returned_claim_has_no_standing_approval"):
        Claim.objects.update(state="returned")
    assert list(out_of_balance()) == [verified.voucher]
