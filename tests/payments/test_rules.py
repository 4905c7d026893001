"""The pure rules of money: numbers that are the same, amounts, rates."""

from datetime import date
from decimal import Decimal

import pytest

from inputs.rules.currencies import fits, in_euro, places_of
from vouchers.payments.rules.invoices import key_of
from vouchers.payments.rules.rates import is_unusual, latest_month


@pytest.mark.parametrize(
    "written",
    [
        "INV 12",
        "inv-12",
        "Inv.12",
        "INV/12",
        "INV–12",
        "INV\u201112",
        "INV\u00a012",
        "INV\u200b12",
        "\u202aINV 12\u202c",
        "INV ١٢",
        "INV ۱۲",
        "ＩＮＶ１２",
        "INV_12",
        "#INV 12",
    ],
)
def test_a_number_is_the_same_however_it_is_written(written):
    assert key_of(written) == "inv12"


@pytest.mark.parametrize("other", ["INV 13", "INV 012", "INW 12", "INV 12a", "12"])
def test_another_number_is_another(other):
    assert key_of(other) != key_of("INV 12")


@pytest.mark.parametrize("nothing", ["", " ", "--", "\u200b", "№"[:0], "/ ."])
def test_what_has_neither_letter_nor_digit_is_no_number(nothing):
    assert key_of(nothing) == ""


def test_arabic_letters_make_a_number_too():
    assert key_of("فاتورة ٧") == key_of("فاتورة-7") == "فاتورة7"


@pytest.mark.parametrize(
    ("amount", "units", "euro"),
    [
        ("1040520", "104000", "10.01"),
        ("1040519.99", "104000", "10.00"),
        ("10.005", None, "10.01"),
        ("10.004", None, "10.00"),
        ("33.512", "3.3512", "10.00"),
        ("100", "104000", "0.00"),
        ("520", "104000", "0.01"),
    ],
)
def test_euro_are_rounded_half_up_to_the_cent(amount, units, euro):
    assert in_euro(Decimal(amount), Decimal(units) if units else None) == Decimal(euro)


@pytest.mark.parametrize(
    ("currency", "amount", "is_right"),
    [
        ("TND", "1.001", True),
        ("TND", "1.0001", False),
        ("MAD", "1.01", True),
        ("MAD", "1.001", False),
        ("USD", "1.001", False),
        ("LBP", "1.001", False),
        ("EUR", "1.001", False),
        ("EUR", "1.000", True),
    ],
)
def test_only_the_dinar_has_three_decimals(currency, amount, is_right):
    assert fits(currency, Decimal(amount)) is is_right


def test_places_of_currencies():
    assert [places_of(code) for code in ("TND", "EUR", "LBP")] == [3, 2, 2]


@pytest.mark.parametrize(
    ("today", "latest"),
    [
        (date(2026, 11, 27), "2026-12"),
        (date(2026, 12, 1), "2027-01"),
        (date(2027, 1, 31), "2027-02"),
    ],
)
def test_rates_are_known_up_to_the_next_month(today, latest):
    assert latest_month(today) == latest


@pytest.mark.parametrize(
    ("units", "last", "asked"),
    [
        ("1.20", "1.00", False),
        ("1.2001", "1.00", True),
        ("0.80", "1.00", False),
        ("0.7999", "1.00", True),
        ("111", "1.08", True),
        ("1.08", "1.08", False),
    ],
)
def test_a_rate_is_asked_about_from_a_fifth_on(units, last, asked):
    assert is_unusual("USD", Decimal(units), Decimal(last)) is asked


@pytest.mark.parametrize(
    ("currency", "units", "asked"),
    [
        ("USD", "111", True),
        ("USD", "0.8", False),
        ("USD", "0.79", True),
        ("USD", "1.6", False),
        ("USD", "1.61", True),
        ("LBP", "1500", False),
        ("LBP", "1499", True),
        ("LBP", "200000", False),
        ("LBP", "200001", True),
        ("MAD", "8", False),
        ("MAD", "7.9", True),
        ("MAD", "14", False),
        ("MAD", "14.1", True),
        ("TND", "2", False),
        ("TND", "1.9", True),
        ("TND", "5", False),
        ("TND", "5.1", True),
        ("TND", "3351.2", True),
    ],
)
def test_the_first_rate_of_a_currency_is_held_against_what_is_usual(currency, units, asked):
    assert is_unusual(currency, Decimal(units), None) is asked
