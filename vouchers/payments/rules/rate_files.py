"""The Commission's accounting rates (InforEuro) as files: JSON in its two shapes, and CSV.

One shape lists all currencies of one month and does not say which (`isoA3Code`, `value`); the other
lists the months of currencies (`currencyIso`, `amount`, `dateStart`). Columns are found by what their
header says, since the headers of the CSV differ by language.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from io import StringIO
from typing import Any, NoReturn

from inputs.rules.days import read_day
from inputs.rules.folding import folded
from inputs.rules.numbers import RATE, number_or_none

# Some 160 currencies in 25 years, and as many again.
MOST_LINES = 100_000
_MOST_DIGITS = 40
_CURRENCY = ("isoa3code", "currencyiso", "isocode", "codeiso", "iso", "currencycode", "currency")
_UNITS = ("value", "amount", "rate", "exchangerate", "valeur", "taux", "montant")
_MONTH = ("datestart", "startdate", "datedebut", "month", "mois", "period", "periode")
_REFERENCE = ("refcurrencyiso", "referencecurrency")


class RateFault(Enum):
    """Why a file gives no rates."""

    WEB_PAGE = "web page"
    UNREADABLE = "unreadable"
    NO_COLUMNS = "no columns"
    LONG = "long"
    NO_RATE = "no rate"
    NO_MONTH = "no month"
    WHICH_MONTH = "which month"
    NOT_PER_EURO = "not per euro"
    TWICE = "twice"
    NONE_OF_OURS = "none of ours"


class NotARateFile(ValueError):
    """A file that gives no rates: why, in which line (from 1; of JSON the record) and what is there."""

    def __init__(self, why: RateFault, line: int = 0, text: str = "") -> None:
        super().__init__(why.value)
        self.why, self.line, self.text = why, line, text[:60]


@dataclass(frozen=True, order=True)
class FiledRate:
    """How many `units` of a currency make 1 EUR in a month (YYYY-MM), as a file says it."""

    month: str
    currency: str
    units: Decimal


def read_rates(text: str, currencies: Collection[str], *, month: str = "") -> list[FiledRate]:
    """The rates of `currencies` in a file, by month and currency; other currencies are passed over.

    `month` (YYYY-MM) is that of a file that does not say one. Raises NotARateFile.
    """
    found: dict[tuple[str, str], FiledRate] = {}
    for line, row in enumerate(_rows(text), start=1):
        if line > MOST_LINES:
            raise NotARateFile(RateFault.LONG)
        currency = _currency_of(row)
        if currency not in currencies:
            continue
        rate = FiledRate(_month_of(row, month, line), currency, _units_of(row, line))
        if found.setdefault((rate.month, currency), rate) != rate:
            raise NotARateFile(RateFault.TWICE, line, f"{currency} {rate.month}")
    if not found:
        raise NotARateFile(RateFault.NONE_OF_OURS)
    return sorted(found.values())


def _rows(text: str) -> Iterator[Mapping[str, str]]:
    """The lines of the file, each cell under the folded name of its column."""
    begin = text.lstrip("\ufeff \t\r\n")[:1]
    if begin == "<":
        raise NotARateFile(RateFault.WEB_PAGE)
    rows = _json_rows(text) if begin in ("[", "{") else _csv_rows(text)
    for line, row in enumerate(rows, start=1):
        named = {_name(key): str(value).strip() for key, value in row.items() if key is not None}
        if _column(named, _CURRENCY) is None or _column(named, _UNITS) is None:
            raise NotARateFile(RateFault.NO_COLUMNS, line, ", ".join(map(str, row)))
        yield named


def _json_rows(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        found = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise NotARateFile(RateFault.UNREADABLE) from error
    if isinstance(found, dict):
        # Some services wrap the list: {"data": [...]}.
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else [found]
    for line, row in enumerate(found, start=1):
        if not isinstance(row, dict):
            raise NotARateFile(RateFault.UNREADABLE, line)
        yield {key: _plain(value) for key, value in row.items()}


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _plain(value: Any) -> str:
    # Written out, 1e999999999 would fill the memory: it stays as it is, and is no rate.
    is_written_out = isinstance(value, Decimal) and abs(value.adjusted()) < _MOST_DIGITS
    return format(value, "f") if is_written_out else str(value)


def _csv_rows(text: str) -> Iterator[Mapping[str, Any]]:
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    try:
        yield from csv.DictReader(
            StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, restval=""
        )
    except csv.Error as error:
        raise NotARateFile(RateFault.UNREADABLE) from error


def _name(header: object) -> str:
    return "".join(sign for sign in folded(str(header)) if sign.isalnum())


def _column(row: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((row[name] for name in names if name in row), None)


def _currency_of(row: Mapping[str, str]) -> str:
    return (_column(row, _CURRENCY) or "").upper()


def _month_of(row: Mapping[str, str], given: str, line: int) -> str:
    said = _column(row, _MONTH)
    if not said:
        if not given:
            raise NotARateFile(RateFault.WHICH_MONTH, line)
        return given
    # A month alone is its first day.
    day = read_day(said) or read_day(f"01/{said}") or read_day(f"{said}-01")
    if day is None:
        raise NotARateFile(RateFault.NO_MONTH, line, said)
    return f"{day:%Y-%m}"


def _units_of(row: Mapping[str, str], line: int) -> Decimal:
    if (_column(row, _REFERENCE) or "EUR").upper() != "EUR":
        raise NotARateFile(RateFault.NOT_PER_EURO, line, _column(row, _REFERENCE) or "")
    said = _column(row, _UNITS) or ""
    units = number_or_none(said, RATE)
    if units is None or units <= 0:
        raise NotARateFile(RateFault.NO_RATE, line, said)
    return units
