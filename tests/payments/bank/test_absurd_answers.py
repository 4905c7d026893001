"""What a bank, or somebody in its name, sends and nobody expects: told in a sentence."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.payments.bank.making import booked, said, taken, word
from tests.payments.bank.test_charges import without_details
from tests.payments.bank.test_taking_in import of
from tests.payments.ledger.making import the_books_hold
from tests.people import log_in
from vouchers.payments.bank.models import BankFile, PaymentStatus, StatementLine
from vouchers.payments.rules.rate_files import NotARateFile, read_rates

pytestmark = pytest.mark.django_db


def sent(client, content, told):
    """The page that a finance officer reads who uploads the file."""
    log_in(client, told.cast.finance[1])
    upload = SimpleUploadedFile("answer.xml", content, content_type="application/xml")
    answer = client.post(reverse("bank:upload"), {"upload": upload}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_two_words_on_one_payment_are_followed_by_none(client, twice, batch):
    """Rejected and paid in one file: whoever followed the last of them would pay twice, or never."""
    first, second = of(batch)
    both = word(batch, (first, "RJCT", "AC04"), (second, "ACCP", ""), (first, "ACCP", ""))
    page = sent(client, both, twice)
    assert "says two different things of the payment" in page
    assert first.reference in page
    assert not BankFile.objects.exists()
    assert {one.state for one in of(batch)} == {"sent"}
    # The same thing said twice is one.
    taken(word(batch, (first, "ACCP", ""), (first, "ACCP", "")), twice)
    assert PaymentStatus.objects.filter(payment=first).count() == 1
    the_books_hold()


@pytest.mark.parametrize("later", ["ACCP", "RJCT"])
def test_a_payment_that_is_called_by_both_its_names_is_one(client, twice, batch, later):
    """Once by its EndToEndId and once by its InstrId: the same said twice is taken, another is not."""
    first, _second = of(batch)
    both = word(batch, (first, "ACCP", ""), (first, later, ""))
    by_end, by_instruction = (
        f"<OrgnlEndToEndId>{first.reference}</OrgnlEndToEndId>".encode(),
        f"<OrgnlInstrId>{first.instruction}</OrgnlInstrId>".encode(),
    )
    head, middle, tail = both.split(by_end)
    page = sent(client, head + by_end + middle + by_instruction + tail, twice)
    assert ("says two different things of the payment" in page) == (later == "RJCT")
    assert BankFile.objects.exists() == (later == "ACCP")


def test_the_longest_name_of_a_message_is_kept_as_far_as_it_fits(client, twice, batch):
    first, _second = of(batch)
    content = word(batch, (first, "RJCT", "AC04")).replace(b"P002-1", b"M" * 500)
    sent(client, content, twice)
    assert BankFile.objects.get().message_id == "M" * 35
    client.post(BankFile.objects.get().get_absolute_url(), {"take": "yes"})
    first.refresh_from_db()
    assert (first.state, first.return_reference) == ("returned", "M" * 35)
    the_books_hold()


@pytest.mark.parametrize("name", [b"", b"   "])
def test_a_message_without_a_name_is_none(client, twice, batch, name):
    content = word(batch, (of(batch)[0], "RJCT", "AC04")).replace(b"P002-1", name)
    assert "leaves out what it must say (GrpHdr/MsgId)" in sent(client, content, twice)
    assert not BankFile.objects.exists()


def test_a_sum_of_more_payments_than_there_are_waits_like_any_other(twice, batch):
    first, _second = of(batch)
    many = b"<NtryDtls><Btch><NbOfTxs>999999999999999</NbOfTxs></Btch></NtryDtls>"
    content = said(booked(first, 1))
    content = without_details(content).replace(b"</Ntry>", many + b"</Ntry>", 1)
    taken(content, twice)
    line = StatementLine.objects.get()
    assert line.set_asides.get().why == "no_details"
    assert line.parts > 1


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1e999999999", "no rate"),
        ("1e-999999999", "no rate"),
        ("-3.4", "no rate"),
        ("null", "no rate"),
        ("[]", "no rate"),
        ("true", "no rate"),
    ],
)
def test_no_number_of_a_file_of_rates_fills_the_memory(typed, expected):
    content = f'[{{"currencyIso": "TND", "amount": {typed}, "dateStart": "01/11/2026"}}]'
    with pytest.raises(NotARateFile, match=re.escape(expected)):
        read_rates(content, {"TND"})
