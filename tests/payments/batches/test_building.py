"""What stands in a payment file, and how much of it a bank takes to the last."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.payments.batches.messages import BANK, broken, message, payment
from vouchers.payments.batches.rules.accounts import iban_length, problem_of_account
from vouchers.payments.batches.rules.building import breaks_the_schema, build, read
from vouchers.payments.batches.rules.checks import (
    LONGEST_LINE,
    LONGEST_TEXT,
    LONGEST_TOWN,
    MOST_LINES,
)
from vouchers.payments.batches.rules.messages import PostalAddress


@pytest.mark.parametrize("batch_booking", [True, False])
@pytest.mark.parametrize("service_level", ["", "SEPA", "URGP"])
def test_how_the_bank_books_and_pays_stands_in_the_file(batch_booking, service_level):
    content = build(message(batch_booking=batch_booking, service_level=service_level))
    assert breaks_the_schema(content) == ""
    assert f"<BtchBookg>{str(batch_booking).lower()}</BtchBookg>" in content.decode()
    assert ("SvcLvl" in content.decode()) == (service_level != "")
    found = read(content)
    assert (found.batch_booking, found.service_level) == (batch_booking, service_level)


def test_a_country_without_ibans_has_none_of_any_length():
    assert (iban_length("ZZ"), iban_length("LB")) == (0, 28)
    assert problem_of_account("ZZ12345678901234567890") == "length"


def test_as_many_payments_and_as_much_as_the_bank_takes_are_in_order():
    exact = replace(BANK, most_payments=2, largest_sum=Decimal("20.00"))
    assert broken(bank=exact) == []
    assert broken(bank=replace(exact, most_payments=1)) == ["most_payments"]
    assert broken(bank=replace(exact, largest_sum=Decimal("19.99"))) == ["largest_sum"]


@pytest.mark.parametrize(
    ("fitting", "longer"),
    [
        ({"town": "B" * LONGEST_TOWN}, {"town": "B" * (LONGEST_TOWN + 1)}),
        ({"street": "B" * LONGEST_LINE}, {"street": "B" * (LONGEST_LINE + 1)}),
        ({"post_code": "1" * 16}, {"post_code": "1" * 17}),
    ],
)
def test_an_address_is_as_long_as_the_bank_takes(fitting, longer):
    where = PostalAddress("Beirut", "LB", "Rue Gouraud 12", "1100")
    assert broken(payment(address=replace(where, **fitting))) == []
    assert broken(payment(address=replace(where, **longer))) == ["address_form"]


def test_an_address_of_lines_has_no_more_than_the_bank_takes():
    hybrid = replace(BANK, address_form="hybrid")
    where = PostalAddress("Beirut", "LB", lines=("Rue Gouraud 12",) * MOST_LINES)
    assert broken(payment(address=where), bank=hybrid) == []
    more = replace(where, lines=(*where.lines, "Door 2"))
    assert broken(payment(address=more), bank=hybrid) == ["address_form"]


def test_the_text_on_the_transfer_is_as_long_as_the_bank_takes():
    assert broken(payment(text="F" * LONGEST_TEXT)) == []
    assert broken(payment(text="F" * (LONGEST_TEXT + 1))) == ["text"]
    assert broken(payment(text="")) == ["text"]


def test_the_file_says_how_it_is_written_and_is_read_by_people_too():
    lines = build(message()).decode().splitlines()
    assert lines[0] == "<?xml version='1.0' encoding='UTF-8'?>"
    assert len(lines) > 50


def test_a_name_is_as_long_as_the_bank_takes():
    assert broken(payment(name="C" * BANK.longest_name)) == []
    assert broken(payment(name="C" * (BANK.longest_name + 1))) == ["long_name"]
