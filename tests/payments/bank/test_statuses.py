"""What a bank says of a payment by a code: what it gave back is payable again, and nothing else is."""

import pytest

from tests.payments.batches.holding import held
from tests.payments.ledger.making import the_books_hold
from vouchers.payments.bank.models import PaymentStatus
from vouchers.payments.bank.rules.statuses import ACCEPTED, MIXED, REJECTED, STATUSES, WAITING
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.batches.wording.reasons import reason_told
from vouchers.payments.batches.wording.statuses import status_told

from .making import taken, word

pytestmark = pytest.mark.django_db


def of(batch):
    return batch.payments.order_by("instruction")


def said_of_both(batch, status):
    """A report that says it of the group, and names no payment."""
    content = word(batch).replace(b"ACCP</PmtInfSts>", status.encode() + b"</PmtInfSts>")
    return content.replace(b"ACCP</GrpSts>", status.encode() + b"</GrpSts>")


def test_each_status_is_taken_for_one_thing_and_has_words():
    assert len(STATUSES) == len(ACCEPTED) + len(WAITING) + len(REJECTED)
    assert MIXED <= STATUSES - REJECTED
    for status in STATUSES:
        assert status_told(status).endswith(f" ({status})")


def test_what_is_blocked_is_not_paid_again_and_what_is_cancelled_is(twice, batch):
    """Blocked (BLCK): neither credited nor given back. Who paid it again would pay twice."""
    first, second = of(batch)
    taken(word(batch, (first, "BLCK", ""), (second, "CANC", "NARR")), twice)
    assert list(of(batch).values_list("state", "return_code")) == [
        ("sent", ""),
        ("returned", "NARR"),
    ]
    assert list(PaymentStatus.objects.order_by("pk").values_list("status", "outcome")) == [
        ("BLCK", "noted"),
        ("CANC", "given_back"),
    ]
    assert held(twice.voucher, "in_transit") == first.amount
    assert held(twice.voucher, "payable") == second.amount
    the_books_hold()


@pytest.mark.parametrize(("status", "noted"), [("RCVC", 2), ("RVCM", 0), ("PART", 0)])
def test_names_checked_before_payment_are_noted_and_move_nothing(twice, batch, status, noted):
    """What is said of a group with some that fit and some that do not says nothing of a payment."""
    taken(said_of_both(batch, status), twice)
    batch.refresh_from_db()
    assert batch.state == PaymentBatch.State.ACKNOWLEDGED
    assert set(of(batch).values_list("state", flat=True)) == {"sent"}
    assert PaymentStatus.objects.filter(status=status, outcome="noted").count() == noted


def test_a_reason_is_told_with_its_code_and_the_words_of_the_bank():
    assert reason_told("AC04") == "The account of the payee is closed. (AC04)"
    assert reason_told("ZZ99", "Ask your branch.") == "ZZ99 · Ask your branch."
    assert reason_told("AC04", "AC04") == reason_told("AC04")
    assert reason_told("") == ""
