"""The form of a call as a Word document, to be filled in at leisure before it is typed here.

Made from the same facts as the PDF (`letters.form_facts`). In Arabic every paragraph and table runs
from right to left, as Word itself marks it (w:bidi, w:rtl, w:bidiVisual).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.rendering.word import WordWriter
from documents.wording import amount, funding_statement, number

# So many empty lines: enough to see what kind of answer is wanted.
LINES_TO_WRITE = {"short_text": 1, "long_text": 8, "number": 1, "money": 1, "date": 1, "file": 1}
LINES_OF_A_TABLE = 4


def word_form(facts: dict[str, Any], language: str) -> bytes:
    """The form as a .docx in the language in which the facts are written."""
    with override(language):
        return _FormWriter(facts, language).write()


class _FormWriter(WordWriter):
    """Writes one form, question by question."""

    def __init__(self, facts: dict[str, Any], language: str) -> None:
        self.facts = facts
        super().__init__(language=language, title=f"{_('Application form')} · {self._call_name()}")

    def write(self) -> bytes:
        self._introduce()
        for section in self.facts["sections"]:
            self.heading(section["title"], 1)
            if section["help_text"]:
                self.paragraph(section["help_text"], muted=True)
            for place, question in enumerate(section["questions"], start=1):
                self._question(question, place)
        if self.facts["clauses"]:
            self.heading(_("Declaration on honour"), 1)
            self.paragraph(_("Whoever sends the application declares:"))
            for clause in self.facts["clauses"]:
                self.paragraph(f"☐ {clause}")
        self.foot()
        return self.content()

    def _introduce(self) -> None:
        facts = self.facts
        self.paragraph(funding_statement(self.funding), bold=True)
        self.heading(_("Application form"), 0)
        self.paragraph(self._call_name(), bold=True)
        self.paragraph(facts["purpose"])
        self.paragraph(
            _("A voucher is worth %(amount)s.")
            % {"amount": amount(facts["call"]["voucher_amount"])}
        )
        self.paragraph(
            _(
                "This paper helps you to prepare. The application itself is written and sent on "
                "the portal."
            )
        )
        self.heading(_("Deadline"), 2)
        for clock in facts["deadline"]:
            self.paragraph(f"{clock['city']}: {clock['day']}, {clock['time']}")
        if facts["rules"]:
            self.heading(_("Who is eligible"), 2)
            for rule in facts["rules"]:
                self.paragraph(f"• {rule}")
        if facts["criteria"]:
            self.heading(_("How applications are scored"), 2)
            self._criteria()

    def _criteria(self) -> None:
        table = self.table([_("Criterion"), _("Weight"), _("At least")])
        for criterion in self.facts["criteria"]:
            row = table.add_row().cells
            self.fill(row[0], criterion["name"])
            if criterion["guidance"]:
                self.directed(row[0].add_paragraph(), criterion["guidance"], muted=True)
            self.fill(row[1], number(criterion["weight"]))
            self.fill(row[2], f"{number(criterion['threshold'])} %")

    def _question(self, question: dict[str, Any], place: int) -> None:
        optional = "" if question["required"] else f" ({_('optional')})"
        self.heading(f"{place}. {question['text']}{optional}", 2)
        notes = [question["kind_label"], *question["limits"]]
        if question["criterion"]:
            notes.append(_("feeds “%(criterion)s”") % {"criterion": question["criterion"]})
        self.paragraph(" · ".join(notes), muted=True)
        for text in (question["help_text"], question["condition"]):
            if text:
                self.paragraph(text, muted=True)
        for option in question["options"]:
            self.paragraph(f"{'○' if question['kind'] == 'choice' else '☐'} {option}")
        if question["columns"]:
            table = self.table(question["columns"])
            for _line in range(LINES_OF_A_TABLE):
                for cell in table.add_row().cells:
                    self.fill(cell, "")
        elif not question["options"]:
            self._box(LINES_TO_WRITE[question["kind"]])

    def _box(self, lines: int) -> None:
        """Space to write in."""
        table = self.bordered(self.document.add_table(rows=1, cols=1))
        cell = table.rows[0].cells[0]
        self.fill(cell, "")
        for _line in range(lines - 1):
            self.directed(cell.add_paragraph(), "")

    def _call_name(self) -> str:
        return f"{self.facts['call']['name']} {self.facts['call']['year']}"
