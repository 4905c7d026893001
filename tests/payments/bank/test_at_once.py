"""Twenty connections at one instant: a file is taken in once, a line is confirmed once."""

from io import BytesIO

import pytest

from conduct.actions import OutOfOrder, Refused
from demonstration.story.paying import authorised, exported
from tests.making import today_there, voucher_story
from tests.payments.bank.making import booked, read, said, word
from tests.payments.batches.holding import held
from tests.payments.ledger.making import the_books_hold, voucher_and_offer
from tests.payments.making import approved, claim
from tests.payments.test_at_the_same_instant import together
from vouchers.books.models import LedgerEntry
from vouchers.payments.actions import approve_claim, verify_claim
from vouchers.payments.bank import actions
from vouchers.payments.bank.models import BankFile, BankStatement, LineMatch, StatementLine
from vouchers.payments.batches.actions import export_batch, record_payment
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.models import Claim, PaymentOrder

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_take_one_file_in_and_confirm_one_line():
    told = voucher_story("accepted 0")
    batch = exported([approved(told, told._milestone(0))], told.cast)
    content = said(booked(batch.payments.get()))
    person = told.cast.finance[1]

    def upload():
        return actions.read_bank_file(BytesIO(content), name="answer.xml", by=person)

    kept = together(*[upload] * 20)
    assert {one.pk for one in kept} == {BankFile.objects.get().pk}
    file = read(content, told)
    taken = together(*[lambda: actions.take_in(file, by=person)] * 20)
    assert sum(isinstance(one, BankFile) for one in taken) == 1
    assert BankStatement.objects.count() == StatementLine.objects.count() == 1
    line = StatementLine.objects.get()
    matched = together(*[lambda: actions.confirm_line(line, by=person)] * 20)
    assert sum(isinstance(one, LineMatch) for one in matched) == 1
    assert held(told.voucher, "bank") == batch.total
    the_books_hold()


def test_twenty_approve_export_import_and_book_on_one_voucher_at_one_instant():
    """Each happens once, and of the bank's word and a booking by hand the first one counts."""
    told, _offer = voucher_and_offer()
    coordinators, finance = told.cast.coordinators, told.cast.finance
    sent = exported([approved(told, told._milestone(0), amount="1000.00")], told.cast)
    payment = sent.payments.get()
    second = approved(told, told._milestone(0), amount="900.00", number="F-2")
    signed = authorised([second], told.cast)
    third = claim(told._milestone(1), told.manager, amount="800.00", number="F-3")
    verify_claim(third, by=told.officer)
    report = read(word(sent, (payment, "RJCT", "AC04")), told)

    def by_hand(number):
        day = today_there()
        return record_payment(payment, paid_on=day, bank_reference=f"BK{number}", by=finance[1])

    found = together(
        *[
            call
            for number in range(5)
            for call in (
                lambda number=number: approve_claim(third, by=coordinators[number % 2]),
                lambda: export_batch(signed, by=finance[0]),
                lambda: actions.take_in(report, by=finance[0]),
                lambda number=number: by_hand(number),
            )
        ]
    )
    for kind in (Claim, PaymentBatch, BankFile):
        assert sum(isinstance(one, kind) for one in found) == 1
    booked_by_hand = sum(isinstance(one, PaymentOrder) for one in found)
    payment.refresh_from_db()
    assert (booked_by_hand, payment.state) in [(1, "paid"), (0, "returned")]
    kinds = list(LedgerEntry.objects.filter(source_type="claim").values_list("kind", flat=True))
    assert sorted(kinds) == sorted(
        [*["approval"] * 3, *["order"] * 2, "booking" if booked_by_hand else "return"]
    )
    the_books_hold()


def test_two_files_with_one_line_count_it_once():
    told = voucher_story("accepted 0")
    batch = exported([approved(told, told._milestone(0))], told.cast)
    entry = booked(batch.payments.get())
    files = [read(said(entry, number=number), told) for number in range(1, 6)]
    person = told.cast.finance[1]
    together(*[lambda file=file: actions.take_in(file, by=person) for file in files])
    assert BankStatement.objects.count() == 5
    assert StatementLine.objects.count() == 1
    with pytest.raises((OutOfOrder, Refused)):
        actions.take_in(files[0], by=person)
