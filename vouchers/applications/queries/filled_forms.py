"""A call's form as an application fills it in, and how much of it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from inputs.rules.numbers import Shape
from vouchers.applications.models import Answer, Application, Attachment
from vouchers.calls.models import Question, Section
from vouchers.calls.models.tables import COLUMNS, TableColumn

from .answers import (
    Content,
    Kind,
    Problem,
    Rows,
    budget_total,
    chosen_options,
    filled_rows,
    is_plain_day,
    problems_with,
    readable,
    readable_as,
    shape_of,
)


@dataclass(frozen=True)
class Item:
    """One question of a form with what the cluster gave: answer and files."""

    question: Question
    answer: Answer | None
    attachments: list[Attachment]
    shown: bool
    problems: list[Problem]

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else ""

    @property
    def number(self) -> str:
        """The id of the question, as the names of its fields bear it."""
        return str(self.question.pk)

    @property
    def is_plain_day(self) -> bool:
        """Whether the browser's picker can hold the answer; what was typed otherwise stays a text."""
        return is_plain_day(self.text)

    @property
    def shape(self) -> Shape | None:
        """Which numbers are asked for; None where it is no number."""
        return shape_of(self.question.kind)

    @property
    def version(self) -> int:
        """The version of the answer; 0 where there is none."""
        return self.answer.version if self.answer else 0

    @property
    def chosen(self) -> list[str]:
        """The values of the options that are chosen."""
        return chosen_options(self.text)

    @property
    def rows(self) -> Rows:
        return filled_rows(self.answer.rows) if self.answer else []

    @property
    def is_filled(self) -> bool:
        """Whether anything is there."""
        return bool(self.text.strip() or self.rows or self.attachments)

    @property
    def is_missing(self) -> bool:
        """Whether it prevents the application from being sent because nothing is there."""
        return self.shown and self.question.required and not self.is_filled

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        return COLUMNS.get(self.question.kind, ())

    @property
    def reading(self) -> str:
        """A scalar answer as a person reads it, in the active language."""
        return readable(self.question, self.text)

    @property
    def labelled_lines(self) -> list[list[tuple[TableColumn, str]]]:
        """The lines of a table as a person reads them: each column with its text."""
        return [
            [
                (column, readable_as(column.kind, row.get(column.name, "")))
                for column in self.columns
            ]
            for row in self.rows
        ]

    @property
    def total(self) -> Decimal | None:
        """The sum of the budget lines in EUR that can be read; None for other kinds."""
        if self.question.kind != Kind.BUDGET:
            return None
        return budget_total(self.rows)


@dataclass(frozen=True)
class FilledSection:
    """A section of the form with its questions, those that are not shown included."""

    section: Section
    items: list[Item]

    @property
    def shown(self) -> list[Item]:
        return [item for item in self.items if item.shown]

    @property
    def wanted(self) -> int:
        """How many required questions are shown."""
        return sum(1 for item in self.shown if item.question.required)

    @property
    def done(self) -> int:
        """How many required questions are answered without a problem."""
        return sum(
            1
            for item in self.shown
            if item.question.required and item.is_filled and not item.problems
        )

    @property
    def problem_count(self) -> int:
        return sum(1 for item in self.shown if item.problems or item.is_missing)

    @property
    def is_complete(self) -> bool:
        return not self.problem_count


@dataclass(frozen=True)
class FilledForm:
    """A call's form as one application fills it in."""

    sections: list[FilledSection] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        return [item for section in self.sections for item in section.items]

    @property
    def shown(self) -> list[Item]:
        return [item for item in self.items if item.shown]

    @property
    def wanted(self) -> int:
        return sum(section.wanted for section in self.sections)

    @property
    def done(self) -> int:
        return sum(section.done for section in self.sections)


def fill_form(
    sections: Iterable[Section],
    questions: Iterable[Question],
    answers: Iterable[Answer],
    attachments: Iterable[Attachment],
    *,
    most: Decimal,
) -> FilledForm:
    """Put a form together; questions in the order of the form, `most` the voucher's value in EUR."""
    answer_of = {answer.question_id: answer for answer in answers}
    files_of: dict[int, list[Attachment]] = {}
    for attachment in attachments:
        files_of.setdefault(attachment.question_id, []).append(attachment)
    asked = list(questions)
    visible = shown_questions(asked, {pk: answer.text for pk, answer in answer_of.items()})
    items: dict[int, list[Item]] = {}
    for question in asked:
        answer = answer_of.get(question.pk)
        content: Content = ""
        if answer is not None:
            content = answer.rows if question.kind in Question.TABLES else answer.text
        items.setdefault(question.section_id, []).append(
            Item(
                question=question,
                answer=answer,
                attachments=files_of.get(question.pk, []),
                shown=question.pk in visible,
                problems=problems_with(question, content, most=most),
            )
        )
    return FilledForm([FilledSection(section, items.get(section.pk, [])) for section in sections])


def shown_questions(questions: Sequence[Question], texts: Mapping[int, str]) -> set[int]:
    """Ids of the questions that are shown, given the texts of the answers by question id.

    A question with a condition shows when the earlier question is shown and answered with that
    option (design: shown depending on earlier answers).
    """
    shown: set[int] = set()
    for question in questions:
        earlier = question.depends_on_id
        if earlier is None or (
            earlier in shown and question.depends_value in chosen_options(texts.get(earlier, ""))
        ):
            shown.add(question.pk)
    return shown


def filled_form(
    application: Application,
    *,
    contents: Mapping[int, Content] | None = None,
    seen: Mapping[int, int] | None = None,
    questions: Iterable[Question] | None = None,
) -> FilledForm:
    """The call's form as the application fills it in; four queries.

    `contents`, by question id, replace what is saved: typed, and not saved yet.
    `questions` are those of the call in their order, where they are read already: three queries.
    """
    call = application.call
    answers = application.answers.select_related("changed_by")
    return fill_form(
        call.sections.all(),
        call.questions.select_related("criterion") if questions is None else questions,
        as_typed(answers, contents, seen or {}) if contents else answers,
        application.attachments.all(),
        most=call.voucher_amount,
    )


def as_typed(
    answers: Iterable[Answer], contents: Mapping[int, Content], seen: Mapping[int, int]
) -> list[Answer]:
    """The answers with what was typed in place of what is saved, not to be saved themselves."""
    standing = {answer.question_id: answer for answer in answers}
    typed = dict(standing)
    for question, content in contents.items():
        answer = Answer(question_id=question, version=seen.get(question, 0))
        if isinstance(content, list):
            answer.rows = content
        else:
            answer.text = content
        typed[question] = answer
    return list(typed.values())
