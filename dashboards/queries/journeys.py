"""The state of a voucher: everything that happened to it, and the stages of its life."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from conduct.queries.days import today
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.deliverables.panels import Awaited, waiting_of
from vouchers.assistance.deliverables.queries import milestones_with_deliverables
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.queries import sessions_of
from vouchers.assistance.needs.models import Meeting, NeedRemark, NeedsRecord
from vouchers.assistance.needs.queries import meetings_of, remarks_on
from vouchers.assistance.plans.models import Milestone, Plan, PlanVersion
from vouchers.assistance.plans.queries import plan_of, versions_of
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.reports.queries import report_of
from vouchers.assistance.workroom.queries import was_ever_linked
from vouchers.awards.models import Voucher
from vouchers.awards.queries.countersigning import SignedAgreement, signed_agreement
from vouchers.endings.amendments.models import Amendment
from vouchers.endings.amendments.queries import amendments_of
from vouchers.payments.models import DONE_WITH, Claim
from vouchers.providers.contracts.models import Contract
from vouchers.providers.contracts.queries import contract_of
from vouchers.providers.quotes.models import TermsOfReference
from vouchers.providers.quotes.queries import terms_of


@dataclass(frozen=True)
class Stage:
    """One stage of the stepper: its label and whether it is done, current or still to do."""

    label: str
    state: str


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone as the voucher's page shows it, with what holds for it today."""

    milestone: Milestone
    deliverables: list[Deliverable]
    claims: list[Claim]

    @property
    def deliverable(self) -> Deliverable | None:
        """The deliverable that holds, if there is one."""
        return next(
            (one for one in self.deliverables if one.state != Deliverable.State.RETURNED), None
        )

    @property
    def claim(self) -> Claim | None:
        """The claim that holds, if there is one: of several the one under way, else the last."""
        standing = [one for one in self.claims if one.state not in DONE_WITH]
        return next((one for one in standing if one.state != Claim.State.PAID), None) or next(
            iter(standing), None
        )

    @property
    def returned_deliverable(self) -> Deliverable | None:
        """The deliverable that was returned last, where none holds."""
        return self.deliverables[0] if self.deliverables and self.deliverable is None else None

    @property
    def last_claim(self) -> Claim | None:
        """The claim that was returned, withdrawn or rejected last, where none holds."""
        return self.claims[0] if self.claims and self.claim is None else None

    @property
    def waiting(self) -> Awaited | None:
        """Who is waited for with what was handed in last, and since when."""
        return waiting_of(self.deliverables[0]) if self.deliverables else None

    @property
    def is_delivered(self) -> bool:
        return self.deliverable is not None and self.deliverable.state == Deliverable.State.ACCEPTED

    @property
    def is_paid(self) -> bool:
        return self.claim is not None and self.claim.state == Claim.State.PAID

    @property
    def has_a_rest(self) -> bool:
        """Whether something of what is claimed already is left to claim."""
        return self.claim is not None and self.milestone.claimed < self.milestone.amount


class Journey:
    """One voucher with everything that happened to it; eighteen queries, however much that is."""

    def __init__(self, voucher: Voucher) -> None:
        self.voucher = voucher

    @cached_property
    def agreement(self) -> SignedAgreement | None:
        """The signatures under its agreement."""
        return signed_agreement(self.voucher.award)

    @cached_property
    def amendments(self) -> list[Amendment]:
        """What became of the agreement since, the newest first."""
        amendments = amendments_of(self.voucher)
        for amendment in amendments:
            amendment.voucher = self.voucher
        return amendments

    @cached_property
    def needs_records(self) -> list[NeedsRecord]:
        """The versions of the record of needs, the newest first."""
        records = list(self.voucher.needs_records.order_by("-number"))
        for record in records:
            record.voucher = self.voucher
        return records

    @property
    def needs_are_confirmed(self) -> bool:
        return any(one.state == NeedsRecord.State.CONFIRMED for one in self.needs_records)

    @cached_property
    def needs_remarks(self) -> list[NeedRemark]:
        """What was remarked on the newest version."""
        return remarks_on(self.needs_records[0]) if self.needs_records else []

    @cached_property
    def meetings(self) -> list[Meeting]:
        meetings = list(meetings_of(self.voucher))
        for meeting in meetings:
            meeting.voucher = self.voucher
        return meetings

    @cached_property
    def plan(self) -> Plan | None:
        return plan_of(self.voucher)

    @cached_property
    def versions(self) -> list[PlanVersion]:
        """The versions of the plan, newest first."""
        return versions_of(self.plan) if self.plan is not None else []

    @cached_property
    def terms(self) -> TermsOfReference | None:
        """The request for quotes that stands, or the last that ended."""
        terms = terms_of(self.voucher)
        if terms is not None:
            terms.voucher = self.voucher
        return terms

    @cached_property
    def contract(self) -> Contract | None:
        return contract_of(self.voucher)

    @cached_property
    def provider_waits_for_its_link(self) -> bool:
        """Whether nothing is delivered under the contract yet, and its provider has no link to do it."""
        has_begun = bool(self.sessions) or any(line.deliverables for line in self.lines)
        if self.contract is None or has_begun:
            return False
        return not was_ever_linked(self.contract)

    @cached_property
    def sessions(self) -> list[Session]:
        """The sessions of the voucher, the newest first; none before a plan is in force."""
        return sessions_of(self.voucher) if self.plan_is_approved else []

    @cached_property
    def report(self) -> FinalReport | None:
        return report_of(self.voucher)

    @cached_property
    def claims(self) -> list[Claim]:
        claims = list(
            self.voucher.claims.order_by("-submitted_at")
            .select_related("policy")
            .prefetch_related("lines", "approvals", "sent_back__control")
        )
        for claim in claims:
            claim.voucher = self.voucher
        return claims

    @cached_property
    def lines(self) -> list[MilestoneLine]:
        """The milestones in order, removed ones last; empty before a plan is in force."""
        if self.plan is None:
            return []
        return [
            MilestoneLine(
                milestone,
                self._versions_of(milestone),
                [
                    claim
                    for claim in self.claims
                    if any(line.milestone_id == milestone.pk for line in claim.lines.all())
                ],
            )
            for milestone in milestones_with_deliverables(self.plan)
        ]

    def _versions_of(self, milestone: Milestone) -> list[Deliverable]:
        """The versions, which know their milestone and voucher without asking again."""
        milestone.plan.voucher = self.voucher
        versions = list(milestone.deliverables.all())
        for one in versions:
            one.milestone = milestone
        return versions

    @property
    def standing_lines(self) -> list[MilestoneLine]:
        """The milestones of the version in force."""
        return [line for line in self.lines if line.milestone.is_in_force]

    @property
    def plan_is_approved(self) -> bool:
        return self.plan is not None and self.plan.in_force_id is not None

    @property
    def everything_is_delivered(self) -> bool:
        return self.plan_is_approved and all(line.is_delivered for line in self.standing_lines)

    @property
    def everything_is_paid(self) -> bool:
        return self.plan_is_approved and all(line.is_paid for line in self.standing_lines)

    @property
    def may_still_be_claimed(self) -> bool:
        """Whether it ended early, and what was accepted can be claimed today."""
        until = self.voucher.claims_until
        return until is not None and today(self.voucher.country.zone) <= until

    def stages(self) -> list[Stage]:
        """The life of the voucher, the first stage that is not done being the current one."""
        closed = self.voucher.state == Voucher.State.CLOSED
        milestones = [
            (_("Agreement"), True),
            (_("Needs assessment"), self.needs_are_confirmed),
            (_("Plan"), self.plan_is_approved),
            (_("Delivery"), self.everything_is_delivered),
            (_("Payment"), self.everything_is_paid),
            (_("Final report"), closed),
        ]
        stages, reached = [], False
        for label, done in milestones:
            if done:
                stages.append(Stage(label, "done"))
            else:
                stages.append(Stage(label, "todo" if reached else "current"))
                reached = True
        return stages
