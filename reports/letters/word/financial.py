"""The financial report as a Word document to edit, of the same facts as the PDF."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.wording import amount_in_text, day, kept_whole, number
from reports.letters.tables import OF_AN_AWARD, headings

from .writing import Facts, ReportWriter


class FinancialWriter(ReportWriter):
    """Writes one report, in the order of the PDF (templates/letters/_financial_report.html)."""

    def write(self) -> bytes:
        facts = self.facts
        self.begin(*self._about())
        self.passage("opening")
        self._sums()
        self._trial_balance()
        self._movements()
        self.heading(_("By country"), 1)
        for country in facts["countries"]:
            self.heading(country["country"], 2)
            self._held([row for row in facts["vouchers"] if row["country"] == country["country"]])
            self.paragraph(self._of(country), muted=True)
        self.outlook()
        self._annex()
        return self.finished()

    def _about(self) -> list[str]:
        facts = self.facts
        period = _("From %(first)s until %(last)s") % {
            "first": day(facts["first"]),
            "last": day(facts["last"]),
        }
        closed = (
            _("The books of this period are closed: nothing is dated in it any more.")
            if facts["is_closed"]
            else _(
                "The books of this period are open: what becomes known later may be dated in it."
            )
        )
        place = f"{facts['country']} · {facts['partner']}" if facts["country"] else ""
        return [*filter(None, [place]), period, closed]

    def _sums(self) -> None:
        for label, amount in (
            (
                _("Awarded until the end of the period, with what was released of it"),
                self.facts["awarded"],
            ),
            (_("Booked by the bank"), self.facts["bank"]),
        ):
            self.paragraph(f"{label}: {amount_in_text(amount)}", bold=True)

    def _trial_balance(self) -> None:
        self.heading(_("Trial balance"), 1)
        keys = ("opening", "debits", "credits", "closing")
        rows = [*self.facts["accounts"], {"label": _("In all"), **self.facts["in_all"]}]
        self.figures(
            [
                *(_("Account"), _("Opening balance"), _("Debits")),
                *(_("Credits"), _("Closing balance")),
            ],
            ([capfirst(row["label"]), *(amount_in_text(row[key]) for key in keys)] for row in rows),
        )

    def _movements(self) -> None:
        self.heading(_("What moved in the period"), 1)
        if not self.facts["movements"]:
            self.paragraph(_("Nothing was entered in the ledger in this period."))
            return
        self.figures(
            [_("Movement"), _("Entries"), _("Amount")],
            (
                [capfirst(row["movement"]), number(row["number"]), amount_in_text(row["amount"])]
                for row in self.facts["movements"]
            ),
        )

    def _held(self, vouchers: list[Facts]) -> None:
        if not vouchers:
            self.paragraph(_("No voucher was given here until the end of the period."))
            return
        for voucher in vouchers:
            self.paragraph(f"{kept_whole(voucher['reference'])} · {voucher['cluster']}", bold=True)
            self.paragraph(self._of(voucher))

    def _of(self, row: Facts) -> str:
        """Where the money of a voucher or country stands, as one line."""
        labels = headings()
        shown = [key for key in OF_AN_AWARD if key == "awarded" or row[key] != "0.00"]
        return " · ".join(f"{labels[key]}: {amount_in_text(row[key])}" for key in shown)

    def _annex(self) -> None:
        facts = self.facts
        self.heading(_("Annex: entries of the ledger"), 1)
        for entry in facts["entries"]:
            said = [number(entry["number"]), day(entry["day"]), capfirst(entry["movement"])]
            if entry["voucher"]:
                said.append(kept_whole(entry["voucher"]))
            self.paragraph(f"{' · '.join(said)}: {amount_in_text(entry['amount'])}")
            self.paragraph(kept_whole(entry["seal"]), muted=True)
        if facts["left_out"]:
            self.paragraph(
                ngettext(
                    "%(number)s further entry is in the annex as a file.",
                    "%(number)s further entries are in the annex as a file.",
                    facts["left_out"],
                )
                % {"number": number(facts["left_out"])}
            )
        self.paragraph(
            f"{_('SHA-256 of the annex as a file (CSV):')} {kept_whole(facts['annex'])}", muted=True
        )
