"""How every report is written as a Word document: its beginning, tables of figures, its end."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape
from typing import Any

from django.template import Context
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from docx.enum.text import WD_ALIGN_PARAGRAPH

from documents.models import Document
from documents.rendering.word import WordWriter
from documents.wording import day, kept_whole
from texts.kinds import Family, kind_of
from texts.wording.filling import in_context, owned_text

Facts = dict[str, Any]


class ReportWriter(WordWriter):
    """Writes one report in its own language; its figures are those of its frozen facts."""

    def __init__(self, report: Document) -> None:
        self.report, self.facts = report, report.facts
        super().__init__(
            language=report.language,
            title=f"{report.title} · {self._call_name()}",
            funding=self.facts["funding"],
        )

    def write(self) -> bytes:
        """The whole file."""
        raise NotImplementedError

    def begin(self, *lines: str) -> None:
        """Title, call and what else it is about, and that the copy proves nothing."""
        self.heading(self.report.title, 0)
        self.paragraph(self._call_name(), bold=True)
        for line in lines:
            self.paragraph(line)
        self.paragraph(
            _(
                "A copy to edit, which proves nothing. The report is the PDF of %(day)s with the code "
                "%(code)s."
            )
            % {"day": day(self.facts["date"]), "code": kept_whole(self.report.grouped_code)},
            muted=True,
        )

    def passage(self, slug: str, heading: str = "") -> None:
        """The paragraphs that coordinators wrote for a place, or the built-in ones, below a heading."""
        owned = kind_of(Family.LETTER, self.report.kind)
        if owned is None:
            return
        text = owned_text(owned, slug, self.facts)
        if text is None:
            text = owned.built_in()[slug]
        if not text:
            return
        if heading:
            self.heading(heading, 1)
        written = in_context(owned, text, Context({"facts": self.facts}))
        for line in unescape(strip_tags(written)).splitlines():
            if line.strip():
                self.paragraph(line.strip())

    def outlook(self) -> None:
        """What was achieved, what was difficult, what comes next, as far as somebody wrote of it."""
        self.passage("achievements", pgettext("passage of a report", "Achievements"))
        self.passage("difficulties", pgettext("passage of a report", "Difficulties"))
        self.passage("outlook", pgettext("passage of a report", "Outlook"))

    def figures(
        self, labels: list[str], rows: Iterable[list[str]], *, figures_from: int = 1
    ) -> None:
        """A table whose columns are figures from the one numbered `figures_from` (from 0) on."""
        table = self.table(labels)
        for row in rows:
            cells = table.add_row().cells
            for at, (cell, text) in enumerate(zip(cells, row, strict=True)):
                self.fill(cell, text)
                if at >= figures_from:
                    # Word reads this from right to left in Arabic: it is the end of the line.
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def finished(self) -> bytes:
        """The file with the head of the books and the foot of its pages."""
        self._books()
        self.foot()
        return self.content()

    def _books(self) -> None:
        books = self.facts.get("ledger", {})
        if not books.get("seal"):
            return
        said = ngettext(
            "The ledger of the call held %(number)s entry when this paper was made, of %(day)s. "
            "Its seal:",
            "The ledger of the call held %(number)s entries when this paper was made, the newest of "
            "%(day)s. Its seal:",
            books["entries"],
        ) % {"number": books["entries"], "day": day(books["day"])}
        self.paragraph(f"{said} {kept_whole(books['seal'])}", muted=True)

    def _call_name(self) -> str:
        return f"{self.facts['call']['name']} {self.facts['call']['year']}"
