"""Lists as CSV open in columns in the reader's own Excel."""

import csv
from decimal import Decimal

import pytest
from django.utils.translation import override

from conduct.views.exporting import csv_lines, csv_response

ROWS = [("SUV-1", Decimal("1250.50"), "a;b,c", None), ("=1+1", Decimal(-3), 7, "é")]


@pytest.mark.parametrize(
    ("language", "delimiter", "amount"),
    [("en", ",", "1250.50"), ("fr", ";", "1250,50"), ("ar", ";", "1250,50")],
)
def test_cells_stand_apart_as_the_readers_excel_expects(language, delimiter, amount):
    with override(language):
        response = csv_response("list", ("reference", "amount", "text", "none"), ROWS)
    # Read after the request, as a server does.
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeffreference" + delimiter)
    head, first, second = csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=delimiter)
    assert head == ["reference", "amount", "text", "none"]
    assert first == ["SUV-1", amount, "a;b,c", ""]
    assert second == ["'=1+1", "-3", "7", "é"]


def test_what_programs_read_is_the_same_in_every_language():
    with override("fr"):
        lines = list(csv_lines(("a", "b"), [(Decimal("1.5"), "x")]))
    assert lines == ["\ufeff", "a,b\r\n", "1.5,x\r\n"]
