"""Cells hold what programs can read, and nothing that a spreadsheet would calculate."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.functional import lazystr
from i18nfield.strings import LazyI18nString

from conduct.queries.days import today
from exports.rules.cells import FORMULA, cell_for_programs, decimals_of
from exports.rules.columns import Column, Kind, Money, Table, table_of_keys, table_of_records
from exports.views import file_name

PLAIN = Column("a")


@pytest.mark.parametrize("first", FORMULA)
def test_no_text_is_taken_for_a_formula_whatever_kind_of_text_it_is(first):
    text = f"{first}SUM(A1)"
    assert cell_for_programs(PLAIN, text) == f"'{text}"
    assert cell_for_programs(PLAIN, LazyI18nString({"en": text})) == f"'{text}"
    assert cell_for_programs(PLAIN, lazystr(text)) == f"'{text}"
    assert cell_for_programs(PLAIN, [text, "b"]) == f"'{text}; b"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (-3, "-3"),
        (Decimal("-3.50"), "-3.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.0000001"), "0.0000001"),
        (1.5, "1.5"),
        (date(2026, 2, 28), "2026-02-28"),
        (
            datetime(2026, 2, 28, 1, 30, tzinfo=timezone(timedelta(hours=2))),
            "2026-02-27T23:30:00+00:00",
        ),
        (["a", "b"], "a; b"),
        ({"a": "é"}, '{"a": "é"}'),
        ("a, b", "a, b"),
    ],
)
def test_values_are_written_as_programs_read_them(value, cell):
    assert cell_for_programs(PLAIN, value) == cell


def test_decimals_have_a_comma_where_the_reader_writes_one():
    assert cell_for_programs(PLAIN, Decimal("1250.50"), ",") == "1250,50"
    assert cell_for_programs(PLAIN, Money(Decimal("3.5"), "TND"), ",") == "3,500"
    assert cell_for_programs(Column("a", decimals=2), Fraction(1, 8), ",") == "0,13"


@pytest.mark.parametrize(
    ("amount", "currency", "decimals", "cell"),
    [
        ("1250.500", "TND", 3, "1250.500"),
        ("1250.500", "EUR", 2, "1250.50"),
        ("900000.000", "LBP", 0, "900000"),
        # What is there is never rounded away.
        ("900000.250", "LBP", 2, "900000.25"),
        ("12.345", "EUR", 3, "12.345"),
    ],
)
def test_amounts_have_the_decimals_of_their_currency(amount, currency, decimals, cell):
    money = Money(Decimal(amount), currency)
    assert decimals_of(money) == decimals
    assert cell_for_programs(Column("a", kind=Kind.MONEY), money) == cell


def test_a_table_of_records_reads_each_as_it_is_written():
    read = []
    columns = [Column("double", value=lambda number: read.append(number) or 2 * number)]
    table = table_of_records("numbers", columns, iter([1, 2]))
    rows = iter(table.rows)
    assert (next(rows), read) == ([2], [1])
    with pytest.raises(ValueError, match="needs a value"):
        table_of_records("numbers", [Column("double")], [])


def test_a_column_is_found_by_its_key():
    assert table_of_keys("a", ("x", "y"), []).position("y") == 1
    assert isinstance(table_of_keys("a", ("x",), []), Table)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("scores-SUV-2026", "scores-SUV-2026-2"),
        ("../../etc/passwd", "etc-passwd-2"),
        ('a"\r\nSet-Cookie: x', "a-Set-Cookie-x-2"),
        ("تطبيقات", "table-2"),
        ("x" * 500, "x" * 100 + "-2"),
    ],
)
def test_names_of_files_are_safe_everywhere(name, start):
    found = file_name(name, "csv")
    assert found.startswith(start)
    assert found.endswith(f"{today().isoformat()}.csv")
    assert found.isascii()
    assert not set(found) & set('/\\:*?"<>|\r\n ')
