"""The form of a call as a Word document, to be filled in at leisure before it is typed here.

Made from the same facts as the PDF (`letters.form_facts`). In Arabic every paragraph and table runs
from right to left, as Word itself marks it (w:bidi, w:rtl, w:bidiVisual).
"""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from documents.wording import amount, funding_statement, number

ACCENT = RGBColor(0x00, 0x33, 0x99)
MUTED = RGBColor(0x5A, 0x63, 0x72)
# So many empty lines: enough to see what kind of answer is wanted.
LINES_TO_WRITE = {"short_text": 1, "long_text": 8, "number": 1, "money": 1, "date": 1, "file": 1}
LINES_OF_A_TABLE = 4


def word_form(facts: dict[str, Any], language: str) -> bytes:
    """The form as a .docx in the language in which the facts are written."""
    with override(language):
        return _FormWriter(facts, language).write()


class _FormWriter:
    """Writes one form, paragraph by paragraph."""

    def __init__(self, facts: dict[str, Any], language: str) -> None:
        self.facts, self.language = facts, language
        self.rtl = get_language_info(language)["bidi"]
        self.document = Document()

    def write(self) -> bytes:
        self._set_up()
        self._introduce()
        for section in self.facts["sections"]:
            self._heading(section["title"], 1)
            if section["help_text"]:
                self._paragraph(section["help_text"], muted=True)
            for place, question in enumerate(section["questions"], start=1):
                self._question(question, place)
        if self.facts["clauses"]:
            self._heading(_("Declaration on honour"), 1)
            self._paragraph(_("Whoever sends the application declares:"))
            for clause in self.facts["clauses"]:
                self._paragraph(f"☐ {clause}")
        self._foot()
        content = io.BytesIO()
        self.document.save(content)
        return content.getvalue()

    def _set_up(self) -> None:
        page = self.document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.3)
        page.top_margin = page.bottom_margin = Cm(2)
        if self.rtl:
            page._sectPr.append(OxmlElement("w:bidi"))
        for name in ("Normal", "Title", "Heading 1", "Heading 2"):
            self._style(name)
        self.document.styles["Normal"].font.size = Pt(10.5)
        properties = self.document.core_properties
        properties.title = f"{_('Application form')} · {self._call_name()}"
        properties.author = "THE NEXT SOCIETY"
        properties.language = self.language

    def _style(self, name: str) -> None:
        """One font for all scripts, the accent for headings, and the language for spelling."""
        style = self.document.styles[name]
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), "Arial")
        spelling = OxmlElement("w:lang")
        spelling.set(qn("w:bidi" if self.rtl else "w:val"), self.language)
        properties.append(spelling)
        if name != "Normal":
            style.font.color.rgb = ACCENT

    def _introduce(self) -> None:
        facts = self.facts
        self._paragraph(funding_statement(settings.FUNDING), bold=True)
        self._heading(_("Application form"), 0)
        self._paragraph(self._call_name(), bold=True)
        self._paragraph(facts["purpose"])
        self._paragraph(
            _("A voucher is worth %(amount)s.")
            % {"amount": amount(facts["call"]["voucher_amount"])}
        )
        self._paragraph(
            _(
                "This paper helps you to prepare. The application itself is written and sent on "
                "the portal."
            )
        )
        self._heading(_("Deadline"), 2)
        for clock in facts["deadline"]:
            self._paragraph(f"{clock['city']}: {clock['day']}, {clock['time']}")
        if facts["rules"]:
            self._heading(_("Who is eligible"), 2)
            for rule in facts["rules"]:
                self._paragraph(f"• {rule}")
        if facts["criteria"]:
            self._heading(_("How applications are scored"), 2)
            self._criteria()

    def _criteria(self) -> None:
        table = self._table([_("Criterion"), _("Weight"), _("At least")])
        for criterion in self.facts["criteria"]:
            row = table.add_row().cells
            self._fill(row[0], criterion["name"])
            if criterion["guidance"]:
                self._directed(row[0].add_paragraph(), criterion["guidance"], muted=True)
            self._fill(row[1], number(criterion["weight"]))
            self._fill(row[2], f"{number(criterion['threshold'])} %")

    def _question(self, question: dict[str, Any], place: int) -> None:
        optional = "" if question["required"] else f" ({_('optional')})"
        self._heading(f"{place}. {question['text']}{optional}", 2)
        notes = [question["kind_label"], *question["limits"]]
        if question["criterion"]:
            notes.append(_("feeds “%(criterion)s”") % {"criterion": question["criterion"]})
        self._paragraph(" · ".join(notes), muted=True)
        for text in (question["help_text"], question["condition"]):
            if text:
                self._paragraph(text, muted=True)
        for option in question["options"]:
            self._paragraph(f"{'○' if question['kind'] == 'choice' else '☐'} {option}")
        if question["columns"]:
            table = self._table(question["columns"])
            for _line in range(LINES_OF_A_TABLE):
                for cell in table.add_row().cells:
                    self._fill(cell, "")
        elif not question["options"]:
            self._box(LINES_TO_WRITE[question["kind"]])

    def _box(self, lines: int) -> None:
        """Space to write in."""
        table = self._bordered(self.document.add_table(rows=1, cols=1))
        cell = table.rows[0].cells[0]
        self._fill(cell, "")
        for _line in range(lines - 1):
            self._directed(cell.add_paragraph(), "")

    def _foot(self) -> None:
        foot = self.document.sections[0].footer.paragraphs[0]
        disclaimer = _(
            "Views and opinions expressed are however those of the author(s) only and do not "
            "necessarily reflect those of the European Union. Neither the European Union nor the "
            "granting authority can be held responsible for them."
        )
        self._directed(foot, f"{funding_statement(settings.FUNDING)}. {disclaimer}", muted=True)

    def _call_name(self) -> str:
        return f"{self.facts['call']['name']} {self.facts['call']['year']}"

    def _heading(self, text: str, level: int) -> None:
        self._directed(self.document.add_heading("", level), text)

    def _paragraph(self, text: str, *, muted: bool = False, bold: bool = False) -> None:
        self._directed(self.document.add_paragraph(), text, muted=muted, bold=bold)

    def _table(self, labels: list[str]) -> Table:
        table = self._bordered(self.document.add_table(rows=1, cols=len(labels)))
        for cell, label in zip(table.rows[0].cells, labels, strict=True):
            self._fill(cell, label, bold=True)
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        return table

    def _bordered(self, table: Table) -> Table:
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        if self.rtl:
            table._tbl.tblPr.insert_element_before(
                OxmlElement("w:bidiVisual"),
                "w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc",
                "w:tblCellSpacing", "w:tblInd", "w:tblBorders", "w:shd", "w:tblLayout",
                "w:tblCellMar", "w:tblLook",
            )  # fmt: skip
        return table

    def _fill(self, cell: _Cell, text: str, *, bold: bool = False) -> None:
        self._directed(cell.paragraphs[0], text, bold=bold)

    def _directed(
        self, paragraph: Paragraph, text: str, *, muted: bool = False, bold: bool = False
    ) -> None:
        """Write into a paragraph, in the direction of the language."""
        run = paragraph.add_run(text)
        run.bold = bold or None
        if muted:
            run.font.color.rgb = MUTED
            run.font.size = Pt(9)
        paragraph.paragraph_format.space_after = Pt(4)
        if not self.rtl:
            return
        run.font.rtl = True
        run.font.complex_script = True
        run.font.cs_bold = bold or None
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(
            OxmlElement("w:bidi"),
            "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
            "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
            "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
            "w:pPrChange",
        )  # fmt: skip
