"""The one reader of numbers: what was typed in any of the portal's countries, as a Decimal.

Beirut writes 5,000.00, Rabat 5.000,00 and 5 000,00, Zurich 5'000.00, and some ٥٬٠٠٠٫٠٠. Where two
marks stand, the last is the decimal mark. Where one stands alone before exactly three digits it
could be either, and the shape of the number that is asked for decides (`Alone`): it is never taken
for the decimal mark of money. The browser reads alike (static/js/numbers/reading.js), and
shows at once what was understood. Pure: no Django, no models.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from inputs.rules.marks import plain_line

# More digits than any money or quantity of the programme has; far below what arithmetic bears.
MOST_WHOLE_DIGITS = 15
_MOST_LETTERS = 60


class Alone(Enum):
    """What a mark that stands alone before exactly three digits is: in 5.000, in 3,440."""

    THOUSANDS = "thousands"
    DECIMALS = "decimals"
    UNCLEAR = "unclear"


class Wrong(Enum):
    """Why a text is not the number that is asked for."""

    NONE = "none"
    UNCLEAR = "unclear"
    PLACES = "places"
    LARGE = "large"


@dataclass(frozen=True)
class Shape:
    """Which numbers are asked for: the most decimals, and what a mark alone is."""

    places: int
    alone: Alone


MONEY = Shape(2, Alone.THOUSANDS)
# Some currencies have thousandths: 12,500 dinars may be twelve and a half, so it is asked.
ANY_MONEY = Shape(3, Alone.UNCLEAR)
QUANTITY = Shape(6, Alone.THOUSANDS)
WHOLE = Shape(0, Alone.THOUSANDS)
# Weights, percentages, scores: small, so that a mark alone is a decimal mark.
SHARE = Shape(2, Alone.DECIMALS)
# Exchange rates: nobody writes them with a mark between thousands and none behind.
RATE = Shape(6, Alone.DECIMALS)


class NotTheNumber(ValueError):
    """A text that is not the number that is asked for, and why."""

    def __init__(self, why: Wrong, shape: Shape, text: str) -> None:
        super().__init__(why.value)
        self.why, self.shape, self.text = why, shape, text

    @property
    def meanings(self) -> tuple[str, str]:
        """Both meanings of a number that is unclear, as they can be written clearly."""
        whole, _mark, parts = _body_of(self.text).replace(",", ".").partition(".")
        decimals = parts.rstrip("0").ljust(2, "0")
        return f"{whole}{parts}", f"{whole}.{decimals}{'0' if len(decimals) == 3 else ''}"


def read_number(text: str, shape: Shape) -> Decimal:
    """The number that was typed: exact, without zeros that say nothing at its end.

    Raises NotTheNumber for anything else, and for what could be two numbers.
    """
    body = _body_of(text)
    negative = body.startswith("-")
    whole, decimals = _parts(body, shape, text)
    if len(decimals) > max(shape.places, 3):
        # Three stay three, whatever they are: money has none.
        decimals = decimals.rstrip("0")
    if len(decimals) > shape.places:
        raise NotTheNumber(Wrong.PLACES, shape, text)
    if len(whole.lstrip("0")) > MOST_WHOLE_DIGITS:
        raise NotTheNumber(Wrong.LARGE, shape, text)
    number = Decimal(f"{whole or 0}.{decimals}" if decimals else whole or 0)
    return -number if negative and number else number


def number_or_none(text: str, shape: Shape) -> Decimal | None:
    """The number that was typed; None where it is not one of this shape."""
    try:
        return read_number(text, shape)
    except NotTheNumber:
        return None


def sent_number(text: str, digits: int = 18) -> int:
    """The number that a script, a button or an address sent, such as a key; 0 for anything else.

    Of so many `digits` at most: 18 fit into what the database counts with.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else 0


def read_year(text: str) -> int | None:
    """A year of four digits of any script; None for anything else, such as 2021²."""
    plain = plain_line(text)
    return int(plain) if re.fullmatch(r"[0-9]{4}", plain) else None


def written(number: Decimal, shape: Shape, *, decimal_mark: str = ".", group_mark: str = "") -> str:
    """A number as a field holds it: `read_number` gives the same of it, whatever the marks are."""
    text = format(number, "f")
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _mark, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    if decimals:
        decimals = decimals.ljust(min(shape.places, 2), "0")
        if len(decimals) == 3 and shape.alone is not Alone.DECIMALS and len(whole) < 4:
            # A zero more tells a thousandth from a thousand.
            decimals += "0"
    elif shape.places == 2 and shape.alone is Alone.THOUSANDS:
        decimals = "00"
    if group_mark:
        whole = f"{int(whole):,}".replace(",", group_mark)
        if not decimals and group_mark in ".," and shape.alone is not Alone.THOUSANDS:
            decimals = "00"
    return f"{sign}{whole}{decimal_mark}{decimals}" if decimals else f"{sign}{whole}"


# --- How it reads ------------------------------------------------------------------------------
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`´＇", "'"))
_ARABIC = str.maketrans({"،": ",", "٬": "'"})
_BODY = re.compile(r"[+-]? ?[0-9 '.,٫]*[0-9]")


def _body_of(text: str) -> str:
    """The text with plain signs: digits 0 to 9, blanks, apostrophes, points, commas and ٫."""
    return plain_line(text[: 4 * _MOST_LETTERS]).translate(_APOSTROPHES).translate(_ARABIC)


def _parts(body: str, shape: Shape, text: str) -> tuple[str, str]:
    """The digits before the decimal mark and those behind it."""
    if len(text) > 4 * _MOST_LETTERS or not _BODY.fullmatch(body):
        raise NotTheNumber(Wrong.NONE, shape, text)
    body = body.lstrip("+- ")
    mark = _decimal_mark(body, shape, text)
    whole, _mark, decimals = body.partition(mark) if mark else (body, "", "")
    digits = _ungrouped(whole)
    if digits is None or (not decimals.isdecimal() and decimals):
        raise NotTheNumber(Wrong.NONE, shape, text)
    return digits, decimals


def _decimal_mark(body: str, shape: Shape, text: str) -> str:
    """Which sign of a body is the decimal mark; empty for none."""
    if "٫" in body:
        return "٫"
    marks = sorted((sign for sign in ".," if sign in body), key=body.rindex)
    if not marks:
        return ""
    last = marks[-1]
    if body.count(last) > 1:
        return ""
    whole, _mark, behind = body.partition(last)
    is_alone = len(marks) == 1 and not re.search("[ ']", whole)
    if not is_alone or len(behind) != 3 or shape.alone is Alone.DECIMALS:
        return last
    if len(whole) > 3 or not whole or whole.startswith("0"):
        # No thousands: where there can be thousandths, they are meant.
        return last
    if shape.alone is Alone.UNCLEAR:
        raise NotTheNumber(Wrong.UNCLEAR, shape, text)
    return ""


def _ungrouped(whole: str) -> str | None:
    """The digits of a whole number, grouped by one kind of mark or not at all; None for neither."""
    if not whole or whole.isdecimal():
        return whole
    if re.fullmatch(r"[1-9][0-9]{0,2}([ '.,])[0-9]{3}(\1[0-9]{3})*", whole):
        return re.sub(r"[ '.,]", "", whole)
    return None
