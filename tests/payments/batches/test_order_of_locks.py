"""Whoever locks several rows locks them in one order, so that two never wait each for the other."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from demonstration.clock import on
from demonstration.story.paying import exported, paying_profile, proposed
from tests.making import opening, voucher_story
from tests.payments.bank.making import booked, read, said, taken, word
from tests.payments.making import approved, claim, rate
from tests.payments.recoveries.correcting import to_set_off, two_milestones
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call
from vouchers.payments.actions import approve_claim, verify_claim
from vouchers.payments.bank import actions
from vouchers.payments.bank.models import StatementLine
from vouchers.payments.batches.actions import locking, propose_batch, proposing
from vouchers.payments.models import ExchangeRate
from vouchers.payments.recoveries.models import Correction

OCTOBER, NOVEMBER = date(2026, 10, 5), date(2026, 11, 3)


def is_held(record):
    """Whether a transaction holds the row at this moment, as another connection finds it."""
    found = []

    def look():
        try:
            with transaction.atomic():
                rows = type(record).objects.select_for_update(nowait=True, no_key=True)
                rows.get(pk=record.pk)
            found.append(False)
        except OperationalError:
            found.append(True)
        finally:
            connection.close()

    other = Thread(target=look)
    other.start()
    other.join()
    return found[0]


@contextmanager
def noting_vouchers(monkeypatch, voucher):
    """For each time that vouchers are locked in their order: of which payments, and whether the
    voucher was held already."""
    noted, lock = [], locking.lock_vouchers_of

    def noting(orders):
        noted.append((set(orders), is_held(voucher)))
        lock(orders)

    monkeypatch.setattr(locking, "lock_vouchers_of", noting)
    yield noted


@pytest.mark.django_db(transaction=True)
def test_a_line_is_matched_with_the_vouchers_locked_before_the_payment(monkeypatch):
    told = voucher_story("accepted 0")
    payment = exported([approved(told, told._milestone(0))], told.cast).payments.get()
    taken(said(booked(payment)), told)
    voucher = Voucher.objects.get(pk=told.voucher.pk)
    with noting_vouchers(monkeypatch, voucher) as noted:
        actions.confirm_line(StatementLine.objects.get(), by=told.cast.finance[1])
    assert noted[0] == ({payment.pk}, False)


@pytest.mark.django_db(transaction=True)
def test_what_a_bank_rejects_together_is_locked_together(monkeypatch):
    told = voucher_story("accepted 0")
    claims = [
        approved(told, told._milestone(0), amount=amount, number=number)
        for amount, number in (("1000.00", "F-1"), ("900.00", "F-2"))
    ]
    batch = exported(claims, told.cast)
    one, other = batch.payments.order_by("pk")
    file = read(word(batch, (other, "RJCT", "AC04"), (one, "RJCT", "AC04")), told)
    voucher = Voucher.objects.get(pk=told.voucher.pk)
    with noting_vouchers(monkeypatch, voucher) as noted:
        actions.take_in(file, by=told.cast.finance[1])
    assert noted[0] == ({one.pk, other.pk}, False)


@pytest.mark.django_db(transaction=True)
def test_a_batch_locks_what_it_sets_off_before_it_enters_anything(monkeypatch):
    told, paid = two_milestones()
    correction = Correction.objects.get(pk=to_set_off(told, paid).pk)
    second = approved(told, told._milestone(1), amount="2000.00", number="F-2")
    voucher = Voucher.objects.get(pk=told.voucher.pk)
    held, say, lock = [], proposing.say_final_rate, proposing.locked_claims

    def locking_claims(claims):
        # With those of what is owed, in one order, before any claim.
        held.append(is_held(voucher))
        return lock(claims)

    def saying(*about, **more):
        held.append(is_held(correction))
        return say(*about, **more)

    monkeypatch.setattr(proposing, "locked_claims", locking_claims)
    monkeypatch.setattr(proposing, "say_final_rate", saying)
    proposed([second], told.cast)
    assert held == [True, True]


@pytest.mark.django_db
def test_the_rates_of_a_batch_are_locked_by_month_and_currency_whatever_its_order():
    def of_the_payment(call):
        Call.objects.filter(pk=call.pk).update(rate_month_rule="payment")

    of_the_payment.remembered_as = "rates of the month of the payment, of two currencies"
    with at(OCTOBER), opening(of_the_payment):
        told = voucher_story("accepted 0")
        for currency, units in (("TND", "3.4000"), ("MAD", "10.7000")):
            for month in ("2026-10", "2026-11"):
                rate(told, currency, units, month=month)
        claims = [
            claim(
                told._milestone(0),
                told.manager,
                amount=amount,
                currency=currency,
                number=number,
                day=OCTOBER,
            )
            for currency, amount, number in (("TND", "900.000", "F-1"), ("MAD", "900.00", "F-2"))
        ]
        for one in claims:
            verify_claim(one, by=told.officer)
    with at(NOVEMBER):
        for one in claims:
            approve_claim(one, by=told.cast.coordinators[0])
        with CaptureQueriesContext(connection) as asked:
            batch = propose_batch(
                paying_profile(told.cast), claims, execution_on=NOVEMBER, by=told.cast.finance[0]
            )
    assert batch.total > Decimal(0)
    november = ExchangeRate.objects.filter(month="2026-11")
    keys = {f'"id" = {one.pk} ': one.currency for one in november}
    locks = [
        next(currency for key, currency in keys.items() if key in one["sql"])
        for one in asked
        if 'FROM "vouchers_exchangerate"' in one["sql"] and "FOR NO KEY UPDATE" in one["sql"]
    ]
    assert locks[:2] == ["MAD", "TND"]


def at(day):
    return on(datetime.combine(day, time(12), UTC))
