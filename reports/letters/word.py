"""The report of the programme as a Word document to edit, of the same facts as the PDF."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from docx.enum.text import WD_ALIGN_PARAGRAPH

from documents.models import Document
from documents.rendering.word import WordWriter
from documents.wording import amount_in_text, day, kept_whole, number

Facts = dict[str, Any]
# The columns of the countries that hold figures, from the third on.
_FIGURES_FROM = 2


def word_report(report: Document) -> bytes:
    """The issued report as a .docx in its own language; its figures are those of its frozen facts."""
    with override(report.language):
        return _ReportWriter(report).write()


class _ReportWriter(WordWriter):
    """Writes one report, in the order of the PDF (templates/letters/_programme_report.html)."""

    def __init__(self, report: Document) -> None:
        self.report, self.facts = report, report.facts
        super().__init__(
            language=report.language,
            title=f"{report.title} · {self._call_name()}",
            funding=self.facts["funding"],
        )

    def write(self) -> bytes:
        self._introduce()
        self._countries()
        for country in self.facts["countries"]:
            self.heading(f"{country['country']} · {country['partner']}", 1)
            for cluster in country["clusters"]:
                self._cluster(cluster)
            if not country["clusters"]:
                self.paragraph(_("No voucher was accepted here."))
        self._books()
        self.foot()
        return self.content()

    def _introduce(self) -> None:
        facts = self.facts
        self.heading(self.report.title, 0)
        self.paragraph(self._call_name(), bold=True)
        self.paragraph(_("Coordinated by Berytech with ANIMA Investment Network"))
        self.paragraph(
            _(
                "A copy to edit, which proves nothing. The report is the PDF of %(day)s with the code "
                "%(code)s."
            )
            % {"day": day(facts["date"]), "code": kept_whole(self.report.grouped_code)},
            muted=True,
        )
        self.paragraph(facts["purpose"])
        given = ngettext(
            "%(number)s voucher given, worth", "%(number)s vouchers given, worth", facts["vouchers"]
        ) % {"number": number(facts["vouchers"])}
        self.paragraph(f"{given} {amount_in_text(facts['amount'])}", bold=True)
        self.paragraph(_("Paid for assistance: %(paid)s") % {"paid": amount_in_text(facts["paid"])})

    def _countries(self) -> None:
        self.heading(_("The countries"), 1)
        table = self.table(
            [
                *(_("Country"), _("Country partner"), _("Applications")),
                *(_("Eligible"), _("Awards"), _("Paid")),
            ]
        )
        rows: list[list[str]] = [
            [
                *(country["country"], country["partner"]),
                *(number(country[key]) for key in ("applications", "eligible", "awarded")),
                amount_in_text(country["paid"]),
            ]
            for country in self.facts["countries"]
        ]
        for row in rows:
            self._row(table.add_row().cells, row)
        self._row(
            table.add_row().cells, [_("In all"), "", "", "", "", amount_in_text(self.facts["paid"])]
        )
        if self.facts["members_reached"]:
            self.paragraph(
                _(
                    "The clusters name %(members)s members whom the assistance reached, %(women)s of "
                    "them led by women."
                )
                % {
                    "members": number(self.facts["members_reached"]),
                    "women": number(self.facts["women_reached"]),
                }
            )

    def _row(self, cells: Iterable[Any], texts: list[str]) -> None:
        for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            self.fill(cell, text)
            if at >= _FIGURES_FROM:
                # Word reads this from right to left in Arabic: it is the end of the line.
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _cluster(self, cluster: Facts) -> None:
        self.heading(cluster["cluster"], 2)
        told = [kept_whole(cluster["reference"]), cluster["sector"]]
        if cluster["established"]:
            told.append(_("established in %(year)s") % {"year": cluster["established"]})
        self.paragraph(" · ".join([*filter(None, told), cluster["state"]]), muted=True)
        words = (cluster["summary"] + "\n" + cluster["results"]).strip() or cluster["objective"]
        for line in filter(str.strip, words.splitlines()):
            self.paragraph(line)
        if not words:
            self.paragraph(_("The plan of the assistance is being prepared."))
        money = _("%(paid)s paid of %(amount)s") % {
            "paid": amount_in_text(cluster["paid"]),
            "amount": amount_in_text(cluster["amount"]),
        }
        help_given = []
        if cluster["provider"]:
            days = _("%(days)s days of expertise") % {"days": number(cluster["days"])}
            help_given = [f"{_('Provider')}: {cluster['provider']}", days]
        self.paragraph(" · ".join([*help_given, money]), muted=True)

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
