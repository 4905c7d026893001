"""What happens to one voucher, from the needs assessment to its closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from conduct.queries.days import today
from demonstration.cast import Cast
from demonstration.clock import on
from demonstration.content.clusters import ClusterFacts
from demonstration.content.papers import paper
from demonstration.content.plans import plan_rows, said_of_plan, with_more_days
from demonstration.content.reports import RATED, STORIES, captioned, picture, reached
from demonstration.story.needs import write_record
from drafts.actions import RemarkInput
from vouchers.assistance.deliverables import actions as deliverables
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.needs import actions as needs
from vouchers.assistance.plans import actions as plans
from vouchers.assistance.plans.models import Milestone, Part, Plan, PlanVersion
from vouchers.assistance.plans.queries import (
    drafted_rows,
    milestones_in_force,
    needs_of,
    newest_version,
    plan_of,
    raw_rows,
)
from vouchers.assistance.reports import actions as reports
from vouchers.assistance.reports.models import PublicationConsent, ReportFile
from vouchers.assistance.reports.queries import aims_of, report_of, sheet_of
from vouchers.awards.models import Voucher
from vouchers.payments import actions as payments
from vouchers.payments.claims import actions as claims
from vouchers.payments.control.rules.splitting import LineFound
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.queries import rate_for
from vouchers.providers.models import Provider

from . import banking
from .controlling import approve, control
from .handing import hand_in
from .paying import booked, exported, proof_of
from .sessions import log_sessions


class VoucherStory:
    """What happens to one voucher, step by step, as far as it is told to go."""

    def __init__(
        self, cast: Cast, voucher: Voucher, facts: ClusterFacts, provider: Provider, currency: str
    ) -> None:
        self.cast, self.voucher, self.facts = cast, voucher, facts
        self.provider, self.currency = provider, currency
        self.country = facts.country
        self.manager = cast.manager(facts.name, facts.country, facts.language)
        self.officer = cast.officer(facts.country)
        share = (voucher.amount * Decimal("0.6")).quantize(Decimal("0.01"))
        # Told of the demonstration's vouchers; tests that need sessions log their own.
        self.logs_sessions = False
        # What the control of its claims finds of each line, where that is not all of it.
        self.finds: LineFound | None = None
        # Of one voucher the bank tells by files: it rejects the first payment, and gives back the second.
        self.bank_answers = False
        self.shares = (share, voucher.amount - share)

    def go(self, until: str, *, starting: datetime, days: int) -> None:
        """Take every step up to the one called `until`, `days` apart."""
        moment = starting
        for name, step in self._steps():
            with on(moment):
                step()
            if name == until:
                return
            moment += timedelta(days=days)
        raise ValueError(f"There is no step called {until}.")

    def take(self, name: str) -> None:
        """Take the one step of this name, now."""
        dict(self._steps())[name]()

    def _steps(self) -> list[tuple[str, Callable[[], None]]]:
        steps: list[tuple[str, Callable[[], None]]] = [
            ("needs", self._record_needs),
            ("plan drafted", self._draft_plan),
            ("plan submitted", self._submit_plan),
            ("plan approved", self._approve_plan),
        ]
        for index in (0, 1):
            steps += [
                (f"handed in {index}", partial(self._hand_in, index)),
                (
                    f"accepted by cluster {index}",
                    partial(self.accept_as_cluster, index),
                ),
                (f"accepted {index}", partial(self._accept, index)),
                (f"claimed {index}", partial(self._claim, index)),
                (f"verified {index}", partial(self._verify, index)),
                (f"approved {index}", partial(self._approve, index)),
                (f"ordered {index}", partial(self._order, index)),
                (f"paid {index}", partial(self._pay, index)),
            ]
        return [*steps, ("reported", self._report), ("closed", self._close)]

    def _record_needs(self) -> None:
        record = write_record(self.voucher, self.facts, by=self.officer)
        record = needs.share_record(record, by=self.officer)
        for person in (self.manager, self.officer):
            record = needs.confirm_record(record, seen=record.sharing_number, by=person)

    def _draft_plan(self) -> None:
        start = today(self.voucher.country.zone)
        rows = plan_rows(
            self.facts,
            provider=self.provider.pk,
            shares=self.shares,
            due=[start + timedelta(days=45), start + timedelta(days=90)],
            needs=[need.key for need in needs_of(self.voucher)],
        )
        draft = plans.begin_plan(self.voucher, by=self.manager)
        plans.save_parts(draft, rows, seen={}, by=self.manager)

    def _submit_plan(self) -> None:
        plans.submit_version(self._version(), by=self.manager)

    def _approve_plan(self) -> None:
        plans.approve_for_partner(self._version(), by=self.officer)

    def return_plan(self) -> None:
        """The officer returns what was sent, with a remark at the first line of its budget."""
        sent = self._version()
        key = raw_rows(sent)[Part.LINES][0]["key"]
        remark = RemarkInput(Part.LINES, said_of_plan(self.facts, "remark"), key)
        reason = said_of_plan(self.facts, "returned")
        plans.return_version(sent, reason=reason, remarks=[remark], by=self.officer)

    def send_plan_again(self) -> None:
        """The cluster plans three days more for the same money, and sends the plan again."""
        self._plan_more_days(Decimal(3))
        self._submit_plan()

    def amend_plan(self) -> None:
        """The cluster amends the plan in force, and sends the amendment."""
        reason = said_of_plan(self.facts, "amended")
        plans.amend_plan(self._plan(), kind="budget", reason=reason, by=self.manager)
        self._plan_more_days(Decimal(1))
        self._submit_plan()

    def _plan_more_days(self, more: Decimal) -> None:
        draft = self._version()
        seen = {part: drafted.seen_as for part, drafted in drafted_rows(draft).items()}
        rows = with_more_days(raw_rows(draft), more=more)
        plans.save_parts(draft, rows, seen=seen, by=self.manager)

    def _hand_in(self, index: int) -> None:
        if self.logs_sessions:
            log_sessions(self, self._milestone(index))
        hand_in(self, index)

    def accept_as_cluster(self, index: int) -> None:
        deliverables.accept_deliverable_for_cluster(self._deliverable(index), by=self.manager)

    def _accept(self, index: int) -> None:
        deliverables.accept_deliverable(self._deliverable(index), by=self.officer)

    def _claim(self, index: int) -> None:
        day = today(self.voucher.country.zone)
        number = f"F{day:%Y}-{self.voucher.pk:03d}{index + 1}"
        amount = self._invoiced(index, day)
        file = claims.keep_invoice_file(
            self.voucher,
            paper(f"{number}.pdf", number, self.facts.milestones[index]),
            by=self.manager,
        )
        invoice = claims.InvoiceTyped(
            number=number,
            invoiced_on=day,
            currency=self.currency,
            net=amount,
            file=file,
            lines=[claims.LineTyped(self._milestone(index), amount)],
            **proof_of(self, number, day),
        )
        claims.submit_claim(self.voucher, invoices=[invoice], by=self.manager)

    def _invoiced(self, index: int, day: date) -> Decimal:
        """The milestone's amount in the provider's currency, a little under it."""
        rate = rate_for(self.currency, f"{day:%Y-%m}")
        if rate is None:
            return self.shares[index]
        return (self.shares[index] * rate.units_per_euro - 1).quantize(Decimal("0.01"))

    def _verify(self, index: int) -> None:
        claim = self._latest_claim(index)
        found = {line.pk: self.finds for line in claim.lines.all()} if self.finds else None
        control(claim, self.cast, found)

    def _approve(self, index: int) -> None:
        approve(self._latest_claim(index), self.cast)

    def _order(self, index: int) -> None:
        exported([self._latest_claim(index)], self.cast)
        if self.bank_answers and index == 0:
            banking.reject(self._with_the_bank(index), self.cast, reason="AM04")
            exported([self._latest_claim(index)], self.cast)

    def _with_the_bank(self, index: int) -> PaymentOrder:
        return self._latest_claim(index).payment_orders.get(state="sent")

    def _pay(self, index: int) -> None:
        if self.bank_answers:
            self._pay_by_statement(index)
            return
        booked(self._with_the_bank(index), self.cast)

    def _pay_by_statement(self, index: int) -> None:
        payment = self._with_the_bank(index)
        banking.pay(payment, self.cast)
        if index == 1:
            banking.give_back(payment, self.cast, reason="AC06")
            exported([self._latest_claim(index)], self.cast)
            banking.pay(self._with_the_bank(index), self.cast)

    def _report(self) -> None:
        language = self.facts.language
        # A picture is drawn anew in a process of its own: not for every test.
        shown = [self._picture()] if self.logs_sessions else []
        reports.save_report(
            self.voucher,
            summary=self.facts.voucher_use,
            results=_RESULTS[self.facts.language],
            story=STORIES[language],
            lessons=FIGURES_MADE_UP[language],
            members_reached=24 + 3 * (self.voucher.pk % 5),
            women_reached=8 + self.voucher.pk % 5,
            satisfaction=4 + self.voucher.pk % 2,
            provider_words=RATED[language],
            indicators=reached(
                aims_of(self.voucher), language, share=75 + 10 * (self.voucher.pk % 4)
            ),
            pictures=[captioned(str(picture.key), language) for picture in shown],
            by=self.manager,
        )
        report = report_of(self.voucher)
        if report is not None:
            reports.submit_report(report, by=self.manager)

    def _picture(self) -> ReportFile:
        report = report_of(self.voucher)
        known = sheet_of(self.voucher, report).pictures
        return known[0] if known else reports.add_picture(self.voucher, picture(), by=self.manager)

    def _close(self) -> None:
        report = report_of(self.voucher)
        if report is None:
            return
        payments.accept_report(report, by=self.officer)
        if self.logs_sessions:
            reports.say_what_is_public(
                self.voucher, PublicationConsent.Kind.values, by=self.manager
            )

    def _plan(self) -> Plan:
        plan = plan_of(self.voucher)
        if plan is None:
            raise ValueError(f"{self.voucher} has no plan.")
        return plan

    def _version(self) -> PlanVersion:
        version = newest_version(self._plan())
        if version is None:
            raise ValueError(f"{self.voucher} has no version of a plan.")
        return version

    def _milestone(self, index: int) -> Milestone:
        return milestones_in_force(self._plan())[index]

    def _deliverable(self, index: int) -> Deliverable:
        return self._milestone(index).deliverables.latest("number")

    def _latest_claim(self, index: int) -> Claim:
        return self.voucher.claims.filter(lines__milestone=self._milestone(index)).latest("number")


FIGURES_MADE_UP = {
    "en": "(How many people were reached, and how satisfied they are, is made up for the demonstration.)",
    "fr": "(Le nombre de personnes touchées et leur satisfaction sont inventés pour la démonstration.)",
    "ar": "(عدد من بلغتهم المساعدة ومدى رضاهم مختلقان للعرض التوضيحي.)",
}
_RESULTS = {
    "en": "The members worked with the consultant in four sessions and use what was delivered.",
    "fr": "Les membres ont travaillé avec le consultant en quatre séances et utilisent le résultat.",
    "ar": "عمل الأعضاء مع الخبير في أربع جلسات ويستخدمون ما أُنجز.",
}
