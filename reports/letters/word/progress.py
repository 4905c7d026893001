"""The progress report of a country as a Word document to edit, of the same facts as the PDF."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from documents.wording import amount_in_text, day, kept_whole, number

from .writing import Facts, ReportWriter


class ProgressWriter(ReportWriter):
    """Writes one report, in the order of the PDF (templates/letters/_progress_report.html)."""

    def write(self) -> bytes:
        facts = self.facts
        self.begin(
            f"{facts['country']} · {facts['partner']}",
            _("From %(first)s until %(last)s")
            % {"first": day(facts["first"]), "last": day(facts["last"])},
        )
        self.passage("opening")
        if facts["vouchers"]:
            self._sums()
            self._stages()
        else:
            self.paragraph(_("No voucher was given here until the end of the period."))
        for voucher in facts["vouchers"]:
            self._voucher(voucher)
        self.outlook()
        return self.finished()

    def _sums(self) -> None:
        facts = self.facts
        self.paragraph(
            _("Days of expertise used: %(used)s of %(planned)s, in the period %(days)s")
            % {
                "used": number(facts["used"]),
                "planned": number(facts["planned"]),
                "days": number(facts["used_in_period"]),
            },
            bold=True,
        )
        accepted = ngettext(
            "%(number)s milestone was accepted in the period.",
            "%(number)s milestones were accepted in the period.",
            facts["accepted"],
        ) % {"number": number(facts["accepted"])}
        late = ngettext(
            "%(number)s milestone was late at its end.",
            "%(number)s milestones were late at its end.",
            facts["late"],
        ) % {"number": number(facts["late"])}
        self.paragraph(f"{accepted} {late}")
        self.paragraph(self._paid(facts["money"]))

    def _stages(self) -> None:
        self.heading(_("Where the vouchers stand on %(day)s") % {"day": day(self.facts["date"])}, 1)
        self.figures(
            [_("Stage"), _("Vouchers"), _("Longest wait (days)")],
            (
                [row["stage"], number(row["number"]), number(row["days"])]
                for row in self.facts["stages"]
            ),
        )

    def _voucher(self, voucher: Facts) -> None:
        self.heading(voucher["cluster"], 1)
        until = _("valid until %(day)s") % {"day": day(voucher["valid_until"])}
        told = [kept_whole(voucher["reference"]), voucher["stage"] or voucher["state"]]
        if voucher["days_in_stage"]:
            told.append(
                ngettext("for %(number)s day", "for %(number)s days", voucher["days_in_stage"])
                % {"number": number(voucher["days_in_stage"])}
            )
        self.paragraph(" · ".join(filter(None, [*told, voucher["light"], until])), muted=True)
        plan = (
            _("version %(number)s, in force since %(day)s")
            % {"number": number(voucher["plan"]), "day": day(voucher["plan_day"])}
            if voucher["plan"]
            else _("not in force yet")
        )
        self.paragraph(f"{_('Needs')}: {voucher['needs'] or _('not recorded yet')}")
        self.paragraph(f"{_('Plan')}: {plan}")
        if voucher["provider"]:
            self.paragraph(f"{_('Provider')}: {voucher['provider']}")
        self.paragraph(self._paid(voucher["money"]))
        for line in filter(None, [voucher["next"], *voucher["reasons"]]):
            self.paragraph(line)
        self._milestones(voucher)
        self._indicators(voucher)

    def _milestones(self, voucher: Facts) -> None:
        if not voucher["milestones"]:
            return
        self.heading(_("Milestones"), 2)
        self.figures(
            [
                *(_("What is reached"), _("Due on"), _("What was handed in")),
                _("Days used / planned"),
            ],
            (
                [
                    *(row["title"], day(row["due_on"]), row["stands"]),
                    f"{number(row['used'])} / {number(row['planned'])}",
                ]
                for row in voucher["milestones"]
            ),
            figures_from=3,
        )
        for row in voucher["late"]:
            due = ngettext(
                "due on %(day)s, %(number)s day late",
                "due on %(day)s, %(number)s days late",
                row["days"],
            ) % {"day": day(row["due_on"]), "number": number(row["days"])}
            self.paragraph(f"{row['title']} · {due}: {' '.join(row['why'])}")

    def _indicators(self, voucher: Facts) -> None:
        if not voucher["indicators"]:
            return
        self.heading(_("Indicators"), 2)
        self.figures(
            [_("Indicator"), _("Before"), _("Target"), _("Reached")],
            (
                [row["name"], *(number(row[key]) for key in ("baseline", "target", "value"))]
                for row in voucher["indicators"]
            ),
        )

    def _paid(self, money: Facts) -> str:
        booked = pgettext("money of a voucher", "Booked")
        awarded = _("Awarded, with what was released of it")
        told = f"{awarded}: {amount_in_text(money['awarded'])}"
        return f"{told} · {booked}: {amount_in_text(money['bank'])}"
