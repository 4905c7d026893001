"""What happens in one call: applications, checks, scores, a selection.

Every step is an action of the portal, taken by whoever takes it in life.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from accounts.models import User
from clusters.actions import register_cluster
from clusters.models import Cluster, Country
from demonstration.cast import Cast
from demonstration.clock import tell_watchers
from demonstration.content.answers import answers_of
from demonstration.content.clusters import ClusterFacts
from demonstration.content.papers import paper
from demonstration.signing import countersigned, say_where_to_pay, signed
from vouchers.applications import actions as applications
from vouchers.applications.models import Application
from vouchers.applications.queries.answers import Content
from vouchers.awards import actions as awards
from vouchers.awards.models import Award, Voucher
from vouchers.calls.models import Call, Question
from vouchers.eligibility import actions as eligibility
from vouchers.eligibility.models import Result
from vouchers.eligibility.queries import Checklist
from vouchers.scoring.assessing import actions as assessing_actions
from vouchers.scoring.assessing.actions import ScoreInput
from vouchers.scoring.assessing.models import Assignment, Consensus
from vouchers.scoring.consensus import actions as consensus_actions
from vouchers.scoring.ranking.actions import close_scoring


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
            self.call, self.cluster_of(facts, manager), language=facts.language, by=manager
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
        tell_watchers()
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

    def cluster_of(self, facts: ClusterFacts, manager: User) -> Cluster:
        """The cluster, which its manager registers where it is new."""
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
        tell_watchers()
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
        """A manager of the cluster accepts the award, and a coordinator counter-signs it."""
        return self.countersign(self.sign(application))

    def countersign(self, voucher: Voucher) -> Voucher:
        """A coordinator signs for the programme what the cluster signed."""
        award, by = voucher.award, self.cast.coordinators[0]
        if awards.countersign(award, signing=countersigned(award, by), by=by) is None:
            raise RuntimeError(f"{award}: the code was refused.")
        return voucher

    def sign(self, application: Application) -> Voucher:
        """A manager of the cluster signs the agreement: its voucher waits for the coordinator."""
        award = Award.objects.get(application=application)
        manager = application.cluster.representatives.get(level="manager").user
        say_where_to_pay(award, manager)
        voucher = awards.accept_award(award, signing=signed(award, manager), by=manager)
        if voucher is None:
            raise RuntimeError(f"{award}: the code was refused.")
        return voucher


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
