"""Twenty connections at one instant: a file is taken in once, a line is confirmed once."""

from io import BytesIO

import pytest

from conduct.actions import OutOfOrder, Refused
from demonstration.story.paying import exported
from tests.making import voucher_story
from tests.payments.bank.making import booked, read, said
from tests.payments.batches.holding import held
from tests.payments.ledger.making import the_books_hold
from tests.payments.making import approved
from tests.payments.test_at_the_same_instant import together
from vouchers.payments.bank import actions
from vouchers.payments.bank.models import BankFile, BankStatement, LineMatch, StatementLine

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
