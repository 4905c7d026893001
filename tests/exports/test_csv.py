"""Lists as CSV open in columns in the reader's own Excel."""

import csv
from decimal import Decimal

import pytest
from django.utils.translation import get_language, override

from exports.letters.lines import csv_lines
from exports.rules.columns import Column, table_of_keys, table_of_records
from exports.views import csv_response

ROWS = [("SUV-1", Decimal("1250.50"), "a;b,c", None), ("=1+1", Decimal(-3), 7, "é")]


@pytest.mark.parametrize(
    ("language", "delimiter", "amount"),
    [("en", ",", "1250.50"), ("fr", ";", "1250,50"), ("ar", ";", "1250,50")],
)
def test_cells_stand_apart_as_the_readers_excel_expects(language, delimiter, amount):
    with override(language):
        response = csv_response(
            table_of_keys("list", ("reference", "amount", "text", "none"), ROWS)
        )
    # Read after the request, as a server does.
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeffreference" + delimiter)
    head, first, second = csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=delimiter)
    assert head == ["reference", "amount", "text", "none"]
    assert first == ["SUV-1", amount, "a;b,c", ""]
    assert second == ["'=1+1", "-3", "7", "é"]


def test_what_programs_read_is_the_same_in_every_language():
    with override("fr"):
        lines = list(csv_lines(table_of_keys("list", ("a", "b"), [(Decimal("1.5"), "x")])))
    assert lines == ["\ufeff", "a,b\r\n", "1.5,x\r\n"]


def test_words_that_are_computed_while_it_is_sent_are_in_the_language_of_the_request():
    columns = [Column("day", value=lambda _row: get_language())]
    with override("ar"):
        response = csv_response(table_of_records("list", columns, [1, 2]))
    assert b"".join(response.streaming_content).decode() == "\ufeffday\r\nar\r\nar\r\n"
    assert get_language() == "en"


def test_it_is_sent_while_it_is_read():
    read = []
    rows = (read.append(number) or [number] for number in range(10_000))
    pieces = iter(csv_response(table_of_keys("list", ("number",), rows)).streaming_content)
    next(pieces)
    assert 0 < len(read) < 1000
    assert b"".join(pieces).endswith(b"9999\r\n")
