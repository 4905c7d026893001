"""Values as the cells of a file hold them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from babel.numbers import get_currency_precision

from .columns import Column, Money

# What spreadsheets take for the beginning of a formula; the last four are the wide forms that Excel
# reads as the narrow ones.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet that opens the text in a CSV would calculate it."""
    return text.startswith(FORMULA)


def plain_text(text: str) -> str:
    """The text as no spreadsheet takes it for a formula: with an apostrophe before it."""
    return f"'{text}" if is_like_a_formula(text) else text


def rounded(value: Fraction, decimals: int) -> Decimal:
    """An exact value, not below zero, rounded half up once."""
    return Decimal(floor(value * 10**decimals + Fraction(1, 2))).scaleb(-decimals)


def decimals_of(money: Money) -> int:
    """How many decimals an amount is written with: those of its currency (three in Tunis, two in
    Brussels), and more where the amount has more.
    """
    exponent = money.amount.normalize().as_tuple().exponent
    used = -exponent if isinstance(exponent, int) else 0
    return max(get_currency_precision(money.currency), used, 0)


def number_text(value: Decimal | float, decimal_mark: str = ".") -> str:
    """A number in plain digits, never as a power of ten."""
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text.replace(".", decimal_mark)


def text_of(value: Any) -> str:
    """What is neither a number nor an instant, as a text: lists by semicolons, facts as JSON."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(map(text_of, value))
    return str(value)


def cell_for_programs(column: Column, value: Any, decimal_mark: str = ".") -> str:
    """A value as CSV holds it: keys and not words, instants in UTC, yes or no.

    A text that a spreadsheet would take for a formula is made plain.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return number_text(rounded(value, column.decimals), decimal_mark)
    if isinstance(value, Money):
        return number_text(round(value.amount, decimals_of(value)), decimal_mark)
    if isinstance(value, Decimal | float):
        return number_text(value, decimal_mark)
    if isinstance(value, int):
        return int.__str__(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return plain_text(text_of(value))
