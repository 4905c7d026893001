"""The final report: written, sent, returned, accepted; consent by kind."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.assistance.machine.acting import Acting, names, people, words
from vouchers.assistance.reports import actions
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.reports.queries import aims_of
from vouchers.payments.actions import accept_report

kinds = st.lists(st.sampled_from(["story", "figures", "pictures", "provider", "x"]), max_size=3)


class Reporting(Acting):
    """Moves at the end of the work."""

    @rule(name=names, who=people, text=words, members=st.sampled_from([24, 0, -1, "many"]))
    def write_a_report(self, name, who, text, members):
        by, voucher = self.person(who, name), self.voucher(name)
        values = [
            {"key": aim.key, "value": str(aim.target), "note": "Counted.", "evidence": "A list."}
            for aim in aims_of(voucher)
        ]
        self.attempt(
            "save report",
            lambda: actions.save_report(
                voucher,
                summary=text,
                results=text,
                story=text,
                lessons=text,
                members_reached=members,
                women_reached=3,
                satisfaction=4,
                provider_words=text,
                indicators=values,
                by=by,
            ),
        )

    @rule(name=names, who=people, reason=words, what=st.integers(0, 3), kind=kinds)
    def go_on_with_the_report(self, name, who, reason, what, kind):
        by, voucher = self.person(who, name), self.voucher(name)
        report = FinalReport.objects.filter(voucher=voucher).first()
        if what == 0:
            self.attempt("consent", lambda: actions.say_what_is_public(voucher, kind, by=by))
        if report is None:
            return
        if what == 1:
            self.attempt("send report", lambda: actions.submit_report(report, by=by))
        elif what == 2:
            self.attempt(
                "return report", lambda: actions.return_report(report, reason=reason, by=by)
            )
        elif what == 3:
            self.attempt("accept report", lambda: accept_report(report, by=by))
