"""The one reader of numbers: as they are written in every country of the programme, and nonsense."""

from decimal import Decimal

import pytest
from django.utils.formats import get_format, number_format
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from documents.wording import for_readers_in, number
from inputs.rules.numbers import (
    ANY_MONEY,
    MONEY,
    QUANTITY,
    RATE,
    WHOLE,
    NotTheNumber,
    Wrong,
    number_or_none,
    read_number,
    read_year,
    sent_number,
    written,
)

SHAPES = {"money": MONEY, "any": ANY_MONEY, "quantity": QUANTITY, "whole": WHOLE, "rate": RATE}
LANGUAGES = st.sampled_from(["en", "fr", "ar"])
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("5000", "5000"),
        ("5.000", "5000"),
        ("5,000", "5000"),
        ("5 000", "5000"),
        ("5\u202f000", "5000"),
        ("5\u2009000,5", "5000.5"),
        ("12'500.00", "12500"),
        ("12’500,00", "12500"),
        ("5.000,00", "5000"),
        ("5,000.00", "5000"),
        ("1.250.000", "1250000"),
        ("1,250,000.75", "1250000.75"),
        ("1250000,75", "1250000.75"),
        ("25,50", "25.50"),
        ("25.5", "25.5"),
        ("٥٬٠٠٠٫٥٠", "5000.50"),
        ("٢٥٫٥", "25.5"),
        ("٥٠٠٠،٥٠", "5000.50"),
        ("۱۲٬۵۰۰", "12500"),
        ("\u200f5,000.00\u200e", "5000"),
        ("\u202a1\u00a0234,50\u202c", "1234.50"),
        ("\ufeff7", "7"),
        ("−3,50", "-3.50"),
        ("\u201112", "-12"),
        ("+7", "7"),
        ("１２,5", "12.5"),
        ("0", "0"),
        ("-0", "0"),
        ("007", "7"),
        (",5", "0.5"),
        ("100.5000", "100.5"),
        (".0000", "0"),
        ("999999999999999.99", "999999999999999.99"),
    ],
)
def test_money_is_read_in_every_way_it_is_written(typed, means):
    assert read_number(typed, MONEY) == Decimal(means)


@pytest.mark.parametrize("mark", [".", ",", "،"])
@pytest.mark.parametrize("whole", ["1", "25", "125", "-5"])
def test_a_mark_alone_before_three_digits_is_never_the_decimal_mark_of_money(whole, mark):
    assert read_number(f"{whole}{mark}000", MONEY) == Decimal(whole) * 1000
    assert read_number(f"{whole}{mark}125", QUANTITY) == Decimal(f"{whole}125")
    with pytest.raises(NotTheNumber) as unclear:
        read_number(f"{whole}{mark}500", ANY_MONEY)
    assert unclear.value.why is Wrong.UNCLEAR
    assert unclear.value.meanings == (f"{whole}500", f"{whole}.50")


def test_both_meanings_of_what_is_unclear_can_be_typed():
    with pytest.raises(NotTheNumber) as unclear:
        read_number("12,505", ANY_MONEY)
    thousands, thousandths = unclear.value.meanings
    assert read_number(thousands, ANY_MONEY) == 12505
    assert read_number(thousandths, ANY_MONEY) == Decimal("12.505")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("3,3512", "3.3512"),
        ("3.440", "3.440"),
        ("3,440", "3.440"),
        ("10.6", "10.6"),
        ("٣٫٤٤٠٤", "3.4404"),
        ("97 000,50", "97000.50"),
        ("97,000.50", "97000.50"),
        ("1.507.500", "1507500"),
    ],
)
def test_a_rate_has_decimals_behind_its_only_mark(typed, means):
    assert read_number(typed, RATE) == Decimal(means)


@pytest.mark.parametrize(
    ("typed", "shape", "why"),
    [
        ("", MONEY, Wrong.NONE),
        (" ", MONEY, Wrong.NONE),
        ("many", MONEY, Wrong.NONE),
        ("12 apples", MONEY, Wrong.NONE),
        ("1e3", MONEY, Wrong.NONE),
        ("2021²", WHOLE, Wrong.NONE),
        ("½", MONEY, Wrong.NONE),
        ("①", WHOLE, Wrong.NONE),
        ("5.", MONEY, Wrong.NONE),
        ("--5", MONEY, Wrong.NONE),
        ("5-", MONEY, Wrong.NONE),
        ("5-3", MONEY, Wrong.NONE),
        ("1,23,456", MONEY, Wrong.NONE),
        ("12.34.56", MONEY, Wrong.NONE),
        ("1.234,567.89", MONEY, Wrong.NONE),
        ("25 50", MONEY, Wrong.NONE),
        ("0 500 000", MONEY, Wrong.NONE),
        ("1٬23", MONEY, Wrong.NONE),
        ("1٫2٫3", MONEY, Wrong.NONE),
        ("NaN", RATE, Wrong.NONE),
        ("Infinity", RATE, Wrong.NONE),
        ("1.2345", MONEY, Wrong.PLACES),
        ("1234.567", MONEY, Wrong.PLACES),
        ("1250.000", MONEY, Wrong.PLACES),
        ("0.500", MONEY, Wrong.PLACES),
        (".500", MONEY, Wrong.PLACES),
        ("1 250.000", MONEY, Wrong.PLACES),
        ("٥٫٠٠٠", MONEY, Wrong.PLACES),
        ("2,5", WHOLE, Wrong.PLACES),
        ("3.1234567", RATE, Wrong.PLACES),
        ("9" * 30, MONEY, Wrong.LARGE),
        ("1" + "0" * 15, WHOLE, Wrong.LARGE),
        ("9" * 5000, MONEY, Wrong.NONE),
    ],
)
def test_what_is_no_number_says_why(typed, shape, why):
    with pytest.raises(NotTheNumber) as refused:
        read_number(typed, shape)
    assert refused.value.why is why
    assert number_or_none(typed, shape) is None


def test_thousandths_can_be_typed_where_a_currency_has_them():
    assert read_number("1 250,500", ANY_MONEY) == Decimal("1250.5")
    assert read_number("1.250,505", ANY_MONEY) == Decimal("1250.505")
    assert read_number("1250,505", ANY_MONEY) == Decimal("1250.505")
    assert read_number("0.505", ANY_MONEY) == Decimal("0.505")


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("2021", 2021),
        ("٢٠٢١", 2021),
        (" \u200f2021 ", 2021),
        ("2021²", None),
        ("2.021", None),
        ("21", None),
        ("02021", None),
        ("", None),
    ],
)
def test_a_year_is_four_digits(typed, year):
    assert read_year(typed) == year


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        ("12", 12),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, 0),
        ("9" * 5000, 0),
        ("٣", 0),
        ("-1", 0),
        ("", 0),
    ],
)
def test_what_a_script_sends_is_a_key_or_nothing(sent, number):
    assert sent_number(sent) == number


def cents(most: int = 10**14):
    return st.integers(-most, most).map(lambda number: Decimal(number).scaleb(-2))


@given(cents(), LANGUAGES)
def test_money_that_a_page_writes_is_read_again(value, language):
    with override(language):
        assert read_number(number_format(value, 2, force_grouping=True), MONEY) == value
        assert read_number(number_format(value, 2), MONEY) == value
        assert read_number(number(value, 2), MONEY) == value


@given(cents(), st.sampled_from(["LB", "MA", "TN"]), st.sampled_from([ARABIC, PERSIAN]))
def test_money_that_a_letter_writes_is_read_again_in_digits_of_any_script(value, country, script):
    for language in ("en", "fr", "ar"):
        with override(language), for_readers_in(country):
            text = number(value, 2)
        assert read_number(text, MONEY) == value
        assert read_number(text.translate(script), MONEY) == value


@given(
    st.sampled_from(sorted(SHAPES)),
    st.integers(-(10**14), 10**14),
    LANGUAGES,
    st.booleans(),
)
def test_what_a_field_holds_is_read_again(kind, digits, language, grouped):
    shape = SHAPES[kind]
    value = Decimal(digits).scaleb(-shape.places)
    with override(language):
        text = written(
            value,
            shape,
            decimal_mark=get_format("DECIMAL_SEPARATOR"),
            group_mark=get_format("THOUSAND_SEPARATOR") if grouped else "",
        )
    assert read_number(text, shape) == value


@given(st.text() | st.text("05,.٫'- \u200f"), st.sampled_from(sorted(SHAPES)))
def test_any_text_is_a_number_within_bounds_or_refused(text, kind):
    found = number_or_none(text, SHAPES[kind])
    assert found is None or abs(found) < 10**15


@given(st.from_regex(r"[+-]?[0-9 .,'٫٬٠-٩]{1,24}", fullmatch=True))
def test_no_shape_reads_a_number_that_another_reads_otherwise_but_for_a_mark_alone(text):
    money, rate = number_or_none(text, MONEY), number_or_none(text, RATE)
    if money is not None and rate is not None and money != rate:
        assert money == rate * 1000
