"""How things went: applications, scores, decisions and vouchers, each step on its own day.

Every step is an action of the portal, taken by whoever takes it in life; the clock of this process
is set to the day of the step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

import time_machine

from accounts.models import User
from clusters.actions import register_cluster
from clusters.bank_accounts import rib_key
from clusters.models import Cluster, Country
from conduct.queries.days import today
from vouchers.applications import actions as applications
from vouchers.applications.models import Application
from vouchers.applications.queries.answers import Content
from vouchers.assistance import actions as assistance
from vouchers.assistance.models import Deliverable, Milestone, Plan
from vouchers.assistance.queries import plan_of, report_of
from vouchers.awards import actions as awards
from vouchers.awards.models import Award, Voucher
from vouchers.calls.models import Call, Question
from vouchers.eligibility import actions as eligibility
from vouchers.eligibility.models import Result
from vouchers.eligibility.queries import Checklist
from vouchers.payments import actions as payments
from vouchers.payments.models import Claim
from vouchers.payments.queries import rate_for
from vouchers.providers.models import Provider
from vouchers.scoring.assessing import actions as assessing_actions
from vouchers.scoring.assessing.actions import ScoreInput
from vouchers.scoring.assessing.models import Assignment, Consensus
from vouchers.scoring.consensus import actions as consensus_actions
from vouchers.scoring.ranking.actions import close_scoring

from .answers import GROWTH, answers_of
from .cast import Cast
from .clusters import ClusterFacts
from .papers import paper

# Called after each step of the story, so that whoever waits sees that it goes on.
_watchers: list[Callable[[], None]] = []


@contextmanager
def watched(watcher: Callable[[], None]) -> Iterator[None]:
    """Call `watcher` after each step of the story while the context lasts."""
    _watchers.append(watcher)
    try:
        yield
    finally:
        _watchers.remove(watcher)


def _tell_watchers() -> None:
    for watcher in _watchers:
        watcher()


@contextmanager
def on(moment: datetime) -> Iterator[None]:
    """Let this process believe that it is `moment`; its clock goes on from there."""
    with time_machine.travel(moment, tick=True):
        yield
    _tell_watchers()


@dataclass
class Story:
    """Tells what happens in one call."""

    cast: Cast
    call: Call
    clusters: dict[str, Cluster] = field(default_factory=dict)

    def apply(self, facts: ClusterFacts, *, send: bool = True) -> Application:
        """A cluster registers where it is new, writes its application, and sends it."""
        manager = self.cast.manager(facts.name, facts.country, facts.language)
        application = applications.start_application(
            self.call, self._cluster(facts, manager), language=facts.language, by=manager
        )
        # A form of another making gets the cluster's plan wherever it asks for a text.
        texts = self.call.questions.filter(kind__in=Question.TEXTS, depends_on=None)
        plan = dict.fromkeys(texts.values_list("key", flat=True), facts.voucher_use)
        said = {**plan, **answers_of(facts, self.call)}
        if not send:
            said = {"mission": said["mission"]}
        applications.save_answers(application, self.contents(said), seen={}, by=manager)
        if send:
            statutes = paper("statutes.pdf", facts.name, facts.mission)
            applications.attach_file(
                application, self.call.questions.get(key="documents"), statutes, by=manager
            )
            application = applications.submit_application(
                application, signing=self.signing(facts), by=manager
            )
        _tell_watchers()
        return application

    def contents(self, said: Mapping[str, Content]) -> dict[int, Content]:
        """Answers by the id of their question, where the form asks it."""
        asked = self.call.questions.filter(key__in=said).values_list("key", "pk")
        return {pk: said[key] for key, pk in asked if said[key]}

    def signing(self, facts: ClusterFacts) -> applications.Signing:
        """How the legal representative signs the declaration on honour, clause by clause."""
        profile = facts.profile
        return applications.Signing(
            clauses=frozenset(self.call.declaration_clauses.values_list("pk", flat=True)),
            call_version=self.call.version,
            language=facts.language,
            signatory_name=profile["legal_representative"],
            signatory_function=profile["legal_representative_function"],
        )

    def _cluster(self, facts: ClusterFacts, manager: User) -> Cluster:
        known = Cluster.objects.filter(name=facts.name).first()
        if known is not None:
            return known
        country = Country.objects.get(code=facts.country)
        return register_cluster(country=country, by=manager, **facts.profile)

    def check(self, application: Application, *, eligible: bool = True) -> Application:
        """The country partner checks eligibility."""
        eligibility.check_eligibility(
            application,
            self._verdicts(application, eligible=eligible),
            by=self.cast.officer(application.country_id),
        )
        application.refresh_from_db()
        _tell_watchers()
        return application

    @staticmethod
    def _verdicts(application: Application, *, eligible: bool) -> dict[int, eligibility.Verdict]:
        """Every rule is met, against the data with a reason; or the first one by hand is not."""
        verdicts = {}
        for rule_id, said in Checklist(application).automatic().items():
            reason = _SEEN if said and said.result != Result.MET else ""
            verdicts[rule_id] = eligibility.Verdict(Result.MET, reason)
        if not eligible:
            first = application.call.eligibility_rules.filter(kind="by_hand").first()
            if first is not None:
                verdicts[first.pk] = eligibility.Verdict(Result.NOT_MET, _NO_ASSOCIATION)
        return verdicts

    def assign(self, application: Application, number: int = 2) -> list[Assignment]:
        """The country partner asks so many assessors."""
        officer = self.cast.officer(application.country_id)
        return [
            assessing_actions.assign_assessor(application, assessor, by=officer)
            for assessor in self.cast.assessors[:number]
        ]

    def score(
        self, assignment: Assignment, values: tuple[str, ...], *, submit: bool = True
    ) -> None:
        """An assessor declares to have no conflict, scores, and submits."""
        assessor = assignment.assessor
        assignment = assessing_actions.declare_no_conflict(assignment, by=assessor)
        criteria = list(self.call.criteria.all())
        assessing_actions.save_assessment(
            assignment,
            {
                criterion.pk: _given(Decimal(value))
                for criterion, value in zip(criteria, values, strict=True)
            },
            comment="",
            by=assessor,
        )
        if submit:
            assessing_actions.submit_assessment(assignment, by=assessor)

    def score_fully(
        self, application: Application, values: tuple[str, ...], *, turned: bool = False
    ) -> None:
        """Two assessors give scores that differ a little, with the mean at `values`.

        The first is the milder one, or the second where `turned`. Where the little lies across a
        threshold, they agree on `values`.
        """
        little = Decimal("-0.5") if turned else Decimal("0.5")
        for assignment, shift in zip(self.assign(application), (little, -little), strict=True):
            shifted = tuple(
                str(min(Decimal(5), max(Decimal(1), Decimal(value) + shift))) for value in values
            )
            self.score(assignment, shifted)
        if Consensus.objects.filter(application=application, state="asked").exists():
            self.agree(application, values)

    def agree(self, application: Application, values: tuple[str, ...]) -> Consensus:
        """The first assessor becomes the rapporteur, and records the scores that were agreed."""
        rapporteur = self.cast.assessors[0]
        consensus = consensus_actions.become_rapporteur(application.consensus, by=rapporteur)
        criteria = self.call.criteria.all()
        return consensus_actions.agree(
            consensus,
            {
                criterion.pk: _given(Decimal(value))
                for criterion, value in zip(criteria, values, strict=True)
            },
            reason=_AGREED,
            by=rapporteur,
        )

    def select(self) -> None:
        """One coordinator proposes what the ranking suggests, the other approves."""
        proposer, approver = self.cast.coordinators
        close_scoring(self.call, by=proposer)
        proposal = awards.propose_selection(
            self.call,
            {},
            participants="\n".join([str(proposer), str(approver), "The three country partners"]),
            remarks="The ranking was followed in every country.",
            by=proposer,
        )
        awards.approve_selection(proposal, by=approver)

    def accept(self, application: Application) -> Voucher:
        """A manager of the cluster accepts the award."""
        award = Award.objects.get(application=application)
        manager = application.cluster.representatives.get(level="manager").user
        return awards.accept_award(award, by=manager)


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
                    partial(self._accept_as_cluster, index),
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
        assistance.record_needs_assessment(
            self.voucher,
            held_on=today(self.voucher.country.zone),
            place="Online",
            participants=f"{self.manager}\n{self.officer}",
            findings=self.facts.voucher_use,
            next_steps=_NEXT[self.facts.language],
            by=self.officer,
        )

    def _draft_plan(self) -> None:
        start = today(self.voucher.country.zone)
        assistance.save_plan(
            self.voucher,
            objective=self.facts.voucher_use,
            expected_results=GROWTH[self.facts.language],
            provider=self.provider,
            milestones=[
                assistance.MilestoneInput(
                    title, start + timedelta(days=45 * (index + 1)), Decimal("5.0"), share
                )
                for index, (title, share) in enumerate(
                    zip(self.facts.milestones, self.shares, strict=True)
                )
            ],
            by=self.manager,
        )

    def _submit_plan(self) -> None:
        assistance.submit_plan(self._plan(), by=self.manager)

    def _approve_plan(self) -> None:
        assistance.approve_plan(self._plan(), by=self.officer)

    def _hand_in(self, index: int) -> None:
        title = self.facts.milestones[index]
        assistance.hand_in_deliverable(
            self._milestone(index),
            summary=title,
            upload=paper(f"deliverable-{index + 1}.pdf", title, self.facts.voucher_use),
            by=self.manager,
        )

    def _accept_as_cluster(self, index: int) -> None:
        assistance.accept_deliverable_for_cluster(self._deliverable(index), by=self.manager)

    def _accept(self, index: int) -> None:
        assistance.accept_deliverable(self._deliverable(index), by=self.officer)

    def _claim(self, index: int) -> None:
        day = today(self.voucher.country.zone)
        number = f"F{day:%Y}-{self.voucher.pk:03d}{index + 1}"
        payments.submit_claim(
            self._milestone(index),
            invoice_number=number,
            invoice_date=day,
            currency=self.currency,
            currency_amount=self._invoiced(index, day),
            upload=paper(f"{number}.pdf", number, self.facts.milestones[index]),
            by=self.manager,
        )

    def _invoiced(self, index: int, day: date) -> Decimal:
        """The milestone's amount in the provider's currency, a little under it."""
        rate = rate_for(self.currency, f"{day:%Y-%m}")
        if rate is None:
            return self.shares[index]
        return (self.shares[index] * rate.units_per_euro - 1).quantize(Decimal("0.01"))

    def _verify(self, index: int) -> None:
        payments.verify_claim(self._latest_claim(index), by=self.officer)

    def _approve(self, index: int) -> None:
        payments.approve_claim(self._latest_claim(index), by=self.cast.coordinators[0])

    def _order(self, index: int) -> None:
        payments.order_payment(self._latest_claim(index), by=self.cast.finance[0])

    def _pay(self, index: int) -> None:
        claim = self._latest_claim(index)
        payments.record_payment(
            claim.payment_order,
            paid_on=today(self.voucher.country.zone),
            bank_reference=f"BK{claim.pk:06d}",
            by=self.cast.finance[1],
        )

    def _report(self) -> None:
        assistance.save_report(
            self.voucher,
            summary=self.facts.done or self.facts.voucher_use,
            results=self.facts.result or _RESULTS[self.facts.language],
            lessons=FIGURES_MADE_UP[self.facts.language],
            members_reached=24 + 3 * (self.voucher.pk % 5),
            women_reached=8 + self.voucher.pk % 5,
            satisfaction=4 + self.voucher.pk % 2,
            by=self.manager,
        )
        report = report_of(self.voucher)
        if report is not None:
            assistance.submit_report(report, by=self.manager)

    def _close(self) -> None:
        report = report_of(self.voucher)
        if report is not None:
            payments.accept_report(report, by=self.officer)

    def _plan(self) -> Plan:
        plan = plan_of(self.voucher)
        if plan is None:
            raise ValueError(f"{self.voucher} has no plan.")
        return plan

    def _milestone(self, index: int) -> Milestone:
        return self._plan().milestones.order_by("position")[index]

    def _deliverable(self, index: int) -> Deliverable:
        return self._milestone(index).deliverables.latest("submitted_at")

    def _latest_claim(self, index: int) -> Claim:
        return self._milestone(index).claims.latest("submitted_at")


def bank_account(country: str, number: int) -> str:
    """A valid account that does not exist: an IBAN for LB and TN, a RIB for MA."""
    if country == "MA":
        digits = f"007780{number:016d}"
        return digits + rib_key(digits)
    if country == "TN":
        digits = f"10006{number:013d}"
        return f"TN59{digits}{rib_key(digits)}"
    digits = f"0999{number:020d}"
    check = 98 - int(f"{digits}211100") % 97
    return f"LB{check:02d}{digits}"


def _given(value: Decimal) -> ScoreInput:
    if value >= 4:
        return ScoreInput(value, "Clear and convincing: aims, people and dates fit together.")
    if value >= 3:
        return ScoreInput(value, "A good idea.", "The milestones could be more precise.")
    return ScoreInput(
        value,
        "The need is real, and the members stand behind it.",
        "Too general: neither steps nor responsible people are named.",
    )


_SEEN = "Seen on paper at the partner's office."
_AGREED = (
    "We read the plan again together: the aims are clear, the dates less so. The scores lie between "
    "our two."
)
_NO_ASSOCIATION = "The statutes show a single company, not an association."
_NEXT = {
    "en": "The cluster writes its plan within three weeks.",
    "fr": "Le cluster rédige son plan dans les trois semaines.",
    "ar": "يكتب التجمع خطته خلال ثلاثة أسابيع.",
}
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
