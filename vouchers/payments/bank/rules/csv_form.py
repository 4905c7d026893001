"""A bank's table (CSV): which column says what is told by a mapping, guessed by the headers at first."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from io import StringIO

from inputs.rules.currencies import fits, places_of
from inputs.rules.days import read_day
from inputs.rules.folding import folded
from inputs.rules.numbers import ANY_MONEY, MONEY, number_or_none

from .answers import BankLine, NotAnAnswer, Statement, identifier
from .statements import MOST_LINES

# What a column can say; the amount is one column with a sign, or two without.
FIELDS = (
    *("booked_on", "amount", "debit", "credit", "currency", "reference", "end_to_end_id"),
    *("payee", "payee_account", "text"),
)
# Beginnings of headers as banks write them, folded: English, French, German, Arabic.
_GUESSES: dict[str, tuple[str, ...]] = {
    "booked_on": ("bookingdate", "date", "buchungstag", "dateoperation", "تاريخ"),
    "amount": ("amount", "montant", "betrag", "المبلغ"),
    "debit": ("debit", "withdrawal", "soll", "مدين"),
    "credit": ("credit", "deposit", "haben", "دائن"),
    "currency": ("currency", "devise", "wahrung", "العملة"),
    "reference": ("bankreference", "reference", "ref", "transactionid", "المرجع"),
    "end_to_end_id": ("endtoend", "e2e", "customerreference", "kundenreferenz"),
    "payee": ("payee", "beneficiary", "counterparty", "name", "beneficiaire", "المستفيد"),
    "payee_account": ("iban", "account", "counterpartyaccount", "compte", "rib", "الحساب"),
    "text": ("description", "details", "text", "libelle", "purpose", "البيان"),
}
# Preambles of banks have fewer filled cells than the header of the table.
_FEWEST = 3
_WITHIN = 20


def headers_of(content: bytes) -> list[str]:
    """The headers of the table, as they are written. Raises NotAnAnswer where there are none."""
    return _table(content)[0]


def guessed(headers: list[str]) -> dict[str, str]:
    """Which header seems to say what; each is taken once."""
    found: dict[str, str] = {}
    for name, beginnings in _GUESSES.items():
        for beginning in beginnings:
            fitting = [
                one
                for one in headers
                if _plain(one).startswith(beginning) and one not in found.values()
            ]
            if fitting:
                found[name] = fitting[0]
                break
    return found


def read_table(
    content: bytes, columns: Mapping[str, str], *, account: str, currency: str
) -> Statement:
    """The lines of a table by its columns. Raises NotAnAnswer with the line that cannot be read."""
    headers, rows = _table(content)
    missing = [name for name in columns.values() if name not in headers]
    if missing:
        raise NotAnAnswer("csv_columns", ", ".join(missing))
    if "booked_on" not in columns or not {"amount", "debit"} & {*columns}:
        raise NotAnAnswer("csv_needed")
    if len(rows) > MOST_LINES:
        raise NotAnAnswer("long", str(MOST_LINES))
    places = {name: headers.index(header) for name, header in columns.items()}
    lines = []
    for number, row in rows:
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}
        if line := _line(cells, number, currency):
            lines.append(line)
    days = sorted(line.booked_on for line in lines)
    if not days:
        raise NotAnAnswer("nothing")
    return Statement(
        identification=f"{days[0]}/{days[-1]}",
        number="",
        account=account,
        currency=currency,
        begins_on=days[0],
        ends_on=days[-1],
        lines=lines,
        moved=sum((line.signed for line in lines), Decimal(0)),
    )


def _table(content: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    text = _text(content)
    sample = "\n".join(text.splitlines()[:_WITHIN])
    delimiter = max(";,\t|", key=sample.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise NotAnAnswer("unknown", str(error)) from error
    for at, row in enumerate(rows[:_WITHIN]):
        if sum(1 for cell in row if cell.strip()) >= _FEWEST:
            headers = [cell.strip() for cell in row]
            following = enumerate(rows[at + 1 :], start=at + 2)
            return headers, [(number, one) for number, one in following if any(one)]
    raise NotAnAnswer("unknown")


def _text(content: bytes) -> str:
    """UTF-8 or UTF-16 by its mark, otherwise as Western European programs save it."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _plain(header: str) -> str:
    return "".join(sign for sign in folded(header) if sign.isalnum())


def _line(cells: Mapping[str, str], number: int, currency: str) -> BankLine | None:
    """One row as a line; None for a row without a day, as sums at the end are."""
    if not cells["booked_on"]:
        return None
    day = read_day(cells["booked_on"])
    if day is None:
        raise NotAnAnswer("csv_day", f"{number}: {cells['booked_on']}")
    written = cells.get("currency", "").upper() or currency
    if written != currency:
        raise NotAnAnswer("mixed", f"{written} {currency}")
    signed = _signed(cells, number, currency)
    if not signed:
        return None
    return BankLine(
        reference=identifier(cells.get("reference", ""))[:35],
        detail=0,
        parts=1,
        booked_on=day,
        valued_on=None,
        amount=abs(signed),
        currency=currency,
        is_credit=signed > 0,
        end_to_end_id=identifier(cells.get("end_to_end_id", ""))[:35],
        payee=cells.get("payee", "")[:140],
        payee_account=cells.get("payee_account", "").replace(" ", "").upper()[:34],
        text=cells.get("text", "")[:500],
    )


def _signed(cells: Mapping[str, str], number: int, currency: str) -> Decimal:
    if written := cells.get("amount", ""):
        return _amount(written, number, currency)
    out, came = cells.get("debit", ""), cells.get("credit", "")
    paid = abs(_amount(out, number, currency)) if out else Decimal(0)
    received = abs(_amount(came, number, currency)) if came else Decimal(0)
    return received - paid


def _amount(written: str, number: int, currency: str) -> Decimal:
    shape = ANY_MONEY if places_of(currency) == ANY_MONEY.places else MONEY
    amount = number_or_none(written, shape)
    if amount is None or not fits(currency, amount):
        raise NotAnAnswer("csv_amount", f"{number}: {written}")
    return amount
