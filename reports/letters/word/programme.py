"""The report of the programme as a Word document to edit, of the same facts as the PDF."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.wording import amount_in_text, day, kept_whole, number

from .writing import Facts, ReportWriter

# The columns of the countries that hold figures, from the third on.
_FIGURES_FROM = 2


class ProgrammeWriter(ReportWriter):
    """Writes one report, in the order of the PDF (templates/letters/_programme_report.html)."""

    def write(self) -> bytes:
        self._introduce()
        self._countries()
        if self.facts.get("comparison"):
            self._compared(self.facts["comparison"])
        for country in self.facts["countries"]:
            self.heading(f"{country['country']} · {country['partner']}", 1)
            for cluster in country["clusters"]:
                self._cluster(cluster)
            if not country["clusters"]:
                self.paragraph(_("No voucher was accepted here."))
        self.outlook()
        return self.finished()

    def _introduce(self) -> None:
        facts = self.facts
        self.begin(_("Coordinated by Berytech with ANIMA Investment Network"))
        self.paragraph(facts["purpose"])
        self.passage("opening")
        given = ngettext(
            "%(number)s voucher given, worth less what was released",
            "%(number)s vouchers given, worth less what was released",
            facts["vouchers"],
        ) % {"number": number(facts["vouchers"])}
        self.paragraph(f"{given} {amount_in_text(facts['amount'])}", bold=True)
        self.paragraph(_("Paid for assistance: %(paid)s") % {"paid": amount_in_text(facts["paid"])})

    def _countries(self) -> None:
        self.heading(_("The countries"), 1)
        rows: list[list[str]] = [
            [
                *(country["country"], country["partner"]),
                *(number(country[key]) for key in ("applications", "eligible", "awarded")),
                amount_in_text(country["paid"]),
            ]
            for country in self.facts["countries"]
        ]
        self.figures(
            [
                *(_("Country"), _("Country partner"), _("Applications")),
                *(_("Eligible"), _("Awards"), _("Paid")),
            ],
            [*rows, [_("In all"), "", "", "", "", amount_in_text(self.facts["paid"])]],
            figures_from=_FIGURES_FROM,
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

    def _compared(self, comparison: Facts) -> None:
        self.heading(_("Compared with earlier calls"), 1)
        self.paragraph(
            ngettext(
                "The call opened %(number)s day before this report. The others stand beside it as they "
                "were on the same day of their own lives.",
                "The call opened %(number)s days before this report. The others stand beside it as they "
                "were on the same day of their own lives.",
                comparison["age"],
            )
            % {"number": number(comparison["age"])}
        )
        self.figures(
            [
                _("What was reached"),
                *(f"{life['call']}\n{day(life['day'])}" for life in comparison["calls"]),
            ],
            [
                [capfirst(step["heading"]), *(_shown(step, value) for value in step["values"])]
                for step in comparison["steps"]
            ],
        )
        self.paragraph(
            _(
                "Counted by the day on which it happened: what was withdrawn, declined or undone later "
                "counts all the same."
            ),
            muted=True,
        )

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


def _shown(step: Facts, value: Any) -> str:
    """A number, or an amount whose heading says that it is EUR."""
    return number(value, 2) if step["is_money"] else number(value)
