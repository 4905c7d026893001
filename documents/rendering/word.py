"""What every Word document of the portal has in common: its page, its font, its direction.

In Arabic every paragraph and table runs from right to left, as Word itself marks it (w:bidi, w:rtl,
w:bidiVisual).
"""

from __future__ import annotations

import io
import re

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from documents.wording import funding_statement

ACCENT = RGBColor(0x00, 0x33, 0x99)
MUTED = RGBColor(0x5A, 0x63, 0x72)
# What XML cannot hold, and nobody can see: a file with it would not be made at all.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class WordWriter:
    """Writes one document, paragraph by paragraph, in the active language."""

    def __init__(self, *, language: str, title: str, funding: str = "") -> None:
        self.rtl = get_language_info(language)["bidi"]
        self.language, self.funding = language, funding or settings.FUNDING
        self.document = Document()
        self._set_up(title)

    def content(self) -> bytes:
        """The file (.docx) as it stands."""
        content = io.BytesIO()
        self.document.save(content)
        return content.getvalue()

    def _set_up(self, title: str) -> None:
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
        properties.title = title
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

    def foot(self) -> None:
        """The funding and the disclaimer, at the foot of every page."""
        foot = self.document.sections[0].footer.paragraphs[0]
        disclaimer = _(
            "Views and opinions expressed are however those of the author(s) only and do not "
            "necessarily reflect those of the European Union. Neither the European Union nor the "
            "granting authority can be held responsible for them."
        )
        self.directed(foot, f"{funding_statement(self.funding)}. {disclaimer}", muted=True)

    def heading(self, text: str, level: int) -> None:
        """A heading; level 0 is the title of the document."""
        self.directed(self.document.add_heading("", level), text)

    def paragraph(self, text: str, *, muted: bool = False, bold: bool = False) -> None:
        """One paragraph."""
        self.directed(self.document.add_paragraph(), text, muted=muted, bold=bold)

    def table(self, labels: list[str]) -> Table:
        """A table with its row of headings, which Word repeats on every page."""
        table = self.bordered(self.document.add_table(rows=1, cols=len(labels)))
        for cell, label in zip(table.rows[0].cells, labels, strict=True):
            self.fill(cell, label, bold=True)
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        return table

    def bordered(self, table: Table) -> Table:
        """The same table with its lines, in the direction of the language."""
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

    def fill(self, cell: _Cell, text: str, *, bold: bool = False) -> None:
        """Write into an empty cell."""
        self.directed(cell.paragraphs[0], text, bold=bold)

    def directed(
        self, paragraph: Paragraph, text: str, *, muted: bool = False, bold: bool = False
    ) -> None:
        """Write into a paragraph, in the direction of the language."""
        run = paragraph.add_run(_UNFIT.sub("", text))
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
