"""What a browser sent of a form, as contents of answers. Nothing is judged here, nothing dropped.

A question answers in fields called `answer_<id>`: one for a text, a number, a day or an option,
several for the options of a choice. A table answers in `answer_<id>_<line>_<column>`, its lines
counted from 0 by `lines_<id>`. `seen_<id>` is the version of the answer that the person had before
them.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict

from inputs.rules.marks import printable
from inputs.rules.numbers import sent_number
from vouchers.applications.queries.answers import Content, Rows, filled_rows
from vouchers.calls.models import Question
from vouchers.calls.models.tables import COLUMNS

DIGITS = 9  # More than any number of ours has.
# A table with more lines than this was not typed by a person.
MOST_LINES = 200


def typed_contents(data: QueryDict, questions: Iterable[Question]) -> dict[int, Content]:
    """What was sent for each of the questions that were asked, by question id."""
    contents: dict[int, Content] = {}
    for question in questions:
        if question.kind in Question.TABLES:
            if f"lines_{question.pk}" in data:
                contents[question.pk] = _typed_rows(data, question)
        elif question.kind != Question.Kind.FILE and _was_asked(data, question):
            contents[question.pk] = _typed_text(data, question)
    return contents


def lines_wanted(data: QueryDict) -> dict[int, int]:
    """How many lines a table shall show after “Add a line” was pressed, by question id."""
    wanted = data.get("add_line", "")
    question = whole_number(wanted)
    return {question: _number(data, f"lines_{wanted}") + 1} if question else {}


def _was_asked(data: QueryDict, question: Question) -> bool:
    # Boxes that are not ticked are not sent; the version tells that they were there.
    if question.kind == Question.Kind.CHOICES:
        return f"answer_{question.pk}" in data or f"asked_{question.pk}" in data
    return f"answer_{question.pk}" in data


def _typed_text(data: QueryDict, question: Question) -> str:
    name = f"answer_{question.pk}"
    if question.kind == Question.Kind.CHOICES:
        return ",".join(value for value in data.getlist(name) if value)
    return cleaned(data.get(name, ""))


def _typed_rows(data: QueryDict, question: Question) -> Rows:
    lines = min(_number(data, f"lines_{question.pk}"), MOST_LINES)
    return filled_rows(
        [
            {
                column.name: cleaned(data.get(f"answer_{question.pk}_{line}_{column.name}", ""))
                for column in COLUMNS[question.kind]
            }
            for line in range(lines)
        ]
    )


def cleaned(text: str) -> str:
    """The text with one kind of line ends, without what no document and no database can hold."""
    return printable(text)


def whole_number(text: str) -> int:
    """The number that a script or a button sent; 0 for anything else."""
    return sent_number(text, DIGITS)


def _number(data: QueryDict, name: str) -> int:
    return whole_number(data.get(name, ""))
