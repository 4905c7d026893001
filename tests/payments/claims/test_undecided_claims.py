"""What was claimed and nobody has decided on is released by no end of a voucher: PostgreSQL holds it."""

from __future__ import annotations

from decimal import Decimal
from threading import Thread

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from conduct.models.owning import as_owner
from demonstration.clock import noon, on
from tests.endings.making import ended
from tests.making import voucher_story
from tests.payments.control.making import approved_in_part, cut, taken_in
from tests.payments.making import claim
from vouchers.awards.models import Voucher
from vouchers.endings.actions import settle_voucher
from vouchers.endings.queries import under_way
from vouchers.payments import actions
from vouchers.payments.models import Claim

RELEASED = "What is claimed of a voucher and not decided on yet is not released"
CLOSED = "closed once everything that was claimed of it is decided on"


def stands(found):
    return Voucher.objects.get(pk=found.pk)


def released_by_hand(voucher, amount):
    """As an action would that does not look at claims."""
    with transaction.atomic():
        Voucher.objects.filter(pk=voucher.pk).update(released=amount)


def closed_by_hand(voucher, **more):
    with transaction.atomic():
        Voucher.objects.filter(pk=voucher.pk).update(
            state="closed", closed_at=timezone.now(), **more
        )


def asked(told):
    return claim(told._milestone(0), told.manager, amount="1000.00")


CASES = {
    # What was done with a claim of 1,000 EUR, and how much of it nobody has decided on.
    "sent": (asked, "1000.00"),
    "verified": (cut, "1000.00"),
    "sent back": (
        lambda told: actions.send_back(cut(told), reason="Why?", by=told.cast.coordinators[0]),
        "1000.00",
    ),
    "set aside": (approved_in_part, "80.00"),
    "taken in": (lambda told: taken_in(told, approved_in_part(told)), "80.00"),
    "taken in in part": (lambda told: taken_in(told, approved_in_part(told), "30.00"), "80.00"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES)
def test_nothing_of_it_is_released_and_nothing_closed(case):
    told = voucher_story("accepted 0")
    make, undecided = CASES[case]
    make(told)
    voucher = stands(told.voucher)
    assert under_way(voucher) == Decimal(undecided)
    with pytest.raises(IntegrityError, match=CLOSED):
        closed_by_hand(voucher)
    with pytest.raises(IntegrityError, match=CLOSED):
        closed_by_hand(voucher, released=voucher.balance)
    ended(voucher)
    voucher = stands(voucher)
    with pytest.raises(IntegrityError, match=RELEASED):
        released_by_hand(voucher, voucher.amount - voucher.approved)
    with pytest.raises(IntegrityError, match=RELEASED):
        released_by_hand(
            voucher, voucher.amount - voucher.approved - Decimal(undecided) + Decimal("0.01")
        )
    # To the cent, and by the portal's own action, which comes to the same.
    with on(noon(60)):
        assert settle_voucher(stands(voucher), by=None)
    voucher = stands(voucher)
    assert voucher.released == voucher.amount - voucher.approved - Decimal(undecided)


@pytest.mark.django_db
def test_what_came_back_keeps_nothing():
    told = voucher_story("accepted 0")
    actions.return_claim(asked(told), reason="Mend it.", by=told.officer)
    closed_by_hand(told.voucher)


@pytest.mark.django_db(transaction=True)
def test_it_is_the_database_that_refuses():
    """Broken on purpose: without its two triggers both go through."""
    told = voucher_story("accepted 0")
    asked(told)
    voucher = stands(told.voucher)
    broken = ("keeps_what_is_claimed", "is_closed_once_all_is_decided")
    with as_owner(), pgtrigger.ignore(*(f"vouchers.Voucher:{name}" for name in broken)):
        closed_by_hand(voucher, released=voucher.balance)
    assert stands(voucher).released == voucher.amount
    assert under_way(stands(voucher)) == Decimal("1000.00")


@pytest.mark.django_db(transaction=True)
def test_of_a_claim_and_a_closing_at_the_same_instant_the_second_finds_the_first():
    """By hand, without the lock that the actions take first: who claims waits for the voucher's row."""
    told = voucher_story("accepted 0")
    first = actions.return_claim(asked(told), reason="Mend it.", by=told.officer)
    failed = []

    def claim_anew():
        try:
            with transaction.atomic():
                Claim.objects.filter(pk=first.pk).first()
                again = Claim.objects.get(pk=first.pk)
                again.pk, again.number, again.state, again.return_reason = None, 2, "submitted", ""
                again.save(force_insert=True)
        except IntegrityError as error:
            failed.append(str(error))
        finally:
            connection.close()

    with transaction.atomic():
        Voucher.objects.filter(pk=told.voucher.pk).update(state="closed", closed_at=timezone.now())
        other = Thread(target=claim_anew)
        other.start()
        other.join(1)
        assert other.is_alive()
    other.join()
    assert len(failed) == 1
    assert "claimed while it is active" in failed[0]
