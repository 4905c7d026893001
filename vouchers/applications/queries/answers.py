"""What an answer says, and what is wrong with it. Reads what was fetched: no query.

Answers are stored as they were typed; everything here reads them. A table is a list of lines, each a
dict of texts by the name of the column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from documents.wording import day, number
from inputs.rules.days import read_day
from inputs.rules.numbers import MONEY, QUANTITY, NotTheNumber, Shape, number_or_none, read_number
from inputs.wording import as_read, what_is_wrong
from vouchers.calls.models import Question
from vouchers.calls.models.tables import COLUMNS, TableColumn

Kind = Question.Kind
Rows = list[dict[str, str]]
# What is saved of an answer: the lines of a table, or else a text.
Content = str | Rows
CENT = Decimal("0.01")
# What is typed is kept as a text; the reader's own bounds keep what is computed from it in hand.
_SHAPES: dict[str, Shape] = {Kind.NUMBER: QUANTITY, Kind.MONEY: MONEY}


@dataclass(frozen=True)
class Problem:
    """Something wrong with an answer, in a sentence; in a table with its line (from 1) and column."""

    text: str
    line: int | None = None
    column: str = ""

    def __str__(self) -> str:
        if self.line is None:
            return self.text
        return _("Line %(line)s: %(problem)s") % {"line": self.line, "problem": self.text}


def problems_with(question: Question, content: Content, *, most: Decimal) -> list[Problem]:
    """What prevents an answer from being sent; nothing for an empty one (see `Item.is_missing`)."""
    if isinstance(content, list):
        return _problems_with_table(question, filled_rows(content), most)
    if not content.strip():
        return []
    problem = _problem_with_text(question, content)
    return [Problem(problem)] if problem else []


def word_count(text: str) -> int:
    """How many words a text has: runs of anything but white space, as the browser counts them."""
    return len(re.findall(r"\S+", text))


def shape_of(kind: str) -> Shape | None:
    """Which numbers a question or column of this kind asks for; None where it asks for none."""
    return _SHAPES.get(kind)


def is_plain_day(text: str) -> bool:
    """Whether a text is empty or a day as the browser's picker writes it (ISO 8601)."""
    return not text or (
        re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None and read_day(text) is not None
    )


def chosen_options(text: str) -> list[str]:
    """The values of the options that an answer holds: '1,3' is ['1', '3']."""
    return [value for value in (part.strip() for part in text.split(",")) if value]


def filled_rows(rows: Rows) -> Rows:
    """The lines in which anything is written."""
    return [row for row in rows if any(str(value).strip() for value in row.values())]


def budget_total(rows: Rows) -> Decimal:
    """The sum in EUR of the amounts that can be read."""
    amounts = (number_or_none(row.get("amount", ""), MONEY) for row in rows)
    return sum((amount for amount in amounts if amount is not None), Decimal(0)).quantize(CENT)


def readable(question: Question, text: str) -> str:
    """A scalar answer as a person reads it; what cannot be read stays as it was typed."""
    if question.kind in Question.CHOOSING:
        labels = dict(question.choices)
        return "\n".join(labels.get(value, value) for value in chosen_options(text))
    return readable_as(question.kind, text)


def readable_as(kind: str, text: str) -> str:
    if kind == Kind.DATE and (when := read_day(text)):
        return day(when)
    shape = shape_of(kind)
    if shape and (number := number_or_none(text, shape)) is not None:
        return as_read(number, shape)
    return text


def _problem_with_text(question: Question, text: str) -> str | None:
    kind = question.kind
    if kind in Question.TEXTS:
        return _too_long(question, text)
    if shape := shape_of(kind):
        return _wrong_number(shape, text) or _out_of_range(question, shape, text)
    if kind == Kind.DATE and read_day(text) is None:
        return _("This is not a day of the calendar. Write it as day/month/year.")
    if kind in Question.CHOOSING:
        known = {value for value, _label in question.choices}
        given = chosen_options(text)
        if not known.issuperset(given) or (kind == Kind.CHOICE and len(given) > 1):
            return _("Please choose from the options.")
    return None


def _too_long(question: Question, text: str) -> str | None:
    words = word_count(text)
    if question.max_words is None or words <= question.max_words:
        return None
    return _("The answer has %(words)s words; at most %(limit)s are allowed.") % {
        "words": words,
        "limit": number(question.max_words),
    }


def _wrong_number(shape: Shape, text: str) -> str | None:
    try:
        number = read_number(text, shape)
    except NotTheNumber as problem:
        return what_is_wrong(problem)
    if shape == MONEY and number < 0:
        return _("An amount cannot be negative.")
    return None


def _out_of_range(question: Question, shape: Shape, text: str) -> str | None:
    number = read_number(text, shape)
    if question.min_value is not None and number < question.min_value:
        return _("At least %(limit)s, please.") % {"limit": _plain(question.min_value)}
    if question.max_value is not None and number > question.max_value:
        return _("At most %(limit)s, please.") % {"limit": _plain(question.max_value)}
    return None


def _plain(limit: Decimal) -> str:
    """A limit without decimals that say nothing."""
    places = 0 if limit == limit.to_integral_value() else 2
    return number_format(limit, places, force_grouping=True)


def _problems_with_table(question: Question, rows: Rows, most: Decimal) -> list[Problem]:
    problems = [
        problem
        for line, row in enumerate(rows, start=1)
        for column in COLUMNS[question.kind]
        if (problem := _problem_with_cell(line, column, row.get(column.name, "")))
    ]
    if question.kind == Kind.BUDGET and (total := budget_total(rows)) > most:
        problems.append(
            Problem(
                _("The lines add up to %(total)s EUR; the voucher is worth %(most)s EUR.")
                % {
                    "total": number_format(total, 2, force_grouping=True),
                    "most": number_format(most, 2, force_grouping=True),
                }
            )
        )
    return problems


def _problem_with_cell(line: int, column: TableColumn, text: str) -> Problem | None:
    if not text.strip():
        if not column.required:
            return None
        return Problem(
            _("“%(column)s” is empty.") % {"column": column.label}, line=line, column=column.name
        )
    shape = shape_of(column.kind)
    if shape and (problem := _wrong_number(shape, text)):
        return Problem(problem, line=line, column=column.name)
    if column.kind == Kind.DATE and read_day(text) is None:
        return Problem(
            _("This is not a day of the calendar. Write it as day/month/year."),
            line=line,
            column=column.name,
        )
    return None
