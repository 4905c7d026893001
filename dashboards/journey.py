"""Where a voucher stands, what comes next, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from vouchers.applications.steps import YOU, Step
from vouchers.assistance.models import Deliverable, FinalReport, Milestone, NeedsAssessment, Plan
from vouchers.assistance.permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
    may_accept_report,
    may_decide_plan,
    may_hand_in,
    may_record_needs,
    may_submit_plan,
    may_submit_report,
    may_write_plan,
    may_write_report,
)
from vouchers.assistance.queries import milestones_with_deliverables, plan_of, report_of
from vouchers.awards.models import Voucher
from vouchers.payments.models import DONE_WITH, Claim
from vouchers.payments.permissions import may_submit_claim
from vouchers.payments.steps import after_return, claim_step


@dataclass(frozen=True)
class Stage:
    """One stage of the stepper: its label and whether it is done, current or still to do."""

    label: str
    state: str


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone as the voucher's page shows it, with what stands for it today."""

    milestone: Milestone
    deliverables: list[Deliverable]
    claims: list[Claim]

    @property
    def deliverable(self) -> Deliverable | None:
        """The deliverable that stands, if one does."""
        return next(
            (one for one in self.deliverables if one.state != Deliverable.State.RETURNED), None
        )

    @property
    def claim(self) -> Claim | None:
        """The claim that stands, if one does."""
        return next((one for one in self.claims if one.state not in DONE_WITH), None)

    @property
    def returned_deliverable(self) -> Deliverable | None:
        """The deliverable that was returned last, where none stands."""
        return self.deliverables[0] if self.deliverables and self.deliverable is None else None

    @property
    def last_claim(self) -> Claim | None:
        """The claim that was returned or withdrawn last, where none stands."""
        return self.claims[0] if self.claims and self.claim is None else None

    @property
    def is_delivered(self) -> bool:
        return self.deliverable is not None and self.deliverable.state == Deliverable.State.ACCEPTED

    @property
    def is_paid(self) -> bool:
        return self.claim is not None and self.claim.state == Claim.State.PAID


class Journey:
    """One voucher with everything that happened to it; six queries, however much that is."""

    def __init__(self, voucher: Voucher) -> None:
        self.voucher = voucher

    @cached_property
    def needs(self) -> list[NeedsAssessment]:
        return list(self.voucher.needs_assessments.select_related("recorded_by"))

    @cached_property
    def plan(self) -> Plan | None:
        return plan_of(self.voucher)

    @cached_property
    def report(self) -> FinalReport | None:
        return report_of(self.voucher)

    @cached_property
    def claims(self) -> list[Claim]:
        claims = list(self.voucher.claims.order_by("-submitted_at"))
        for claim in claims:
            claim.voucher = self.voucher
        return claims

    @cached_property
    def lines(self) -> list[MilestoneLine]:
        """The milestones in order; empty before a plan is begun."""
        if self.plan is None:
            return []
        return [
            MilestoneLine(
                milestone,
                list(milestone.deliverables.all()),
                [claim for claim in self.claims if claim.milestone_id == milestone.pk],
            )
            for milestone in milestones_with_deliverables(self.plan)
        ]

    @property
    def plan_is_approved(self) -> bool:
        return self.plan is not None and self.plan.state == Plan.State.APPROVED

    @property
    def everything_is_delivered(self) -> bool:
        return self.plan_is_approved and all(line.is_delivered for line in self.lines)

    @property
    def everything_is_paid(self) -> bool:
        return self.plan_is_approved and all(line.is_paid for line in self.lines)

    def stages(self) -> list[Stage]:
        """The life of the voucher, the first stage that is not done being the current one."""
        closed = self.voucher.state == Voucher.State.CLOSED
        milestones = [
            (_("Agreement"), True),
            (_("Needs assessment"), bool(self.needs)),
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

    def next_step(self, user: User) -> Step:
        """What comes next; of several things at once, what the person can do comes first."""
        steps = self._steps(user)
        return next((step for step in steps if step.whose == YOU), steps[0])

    def _steps(self, user: User) -> list[Step]:
        if self.voucher.state == Voucher.State.CLOSED:
            return [Step(_("The voucher is closed. Thank you."))]
        if self.voucher.state == Voucher.State.TERMINATED:
            return [Step(_("The voucher was terminated."))]
        if not self.needs:
            return [self._needs_step(user)]
        if self.plan is None or not self.plan_is_approved:
            return [self._plan_step(user)]
        steps = [step for line in self.lines for step in self._line_steps(line, user)]
        return [*steps, *self._report_steps(user)]

    def _needs_step(self, user: User) -> Step:
        return self._step(
            may_record_needs.test(user, self.voucher),
            _("Meet the cluster, find out what it needs, and record the meeting."),
            _("the country partner"),
            reverse("assistance:needs", args=[self.voucher.pk]),
            _("Record the meeting"),
        )

    def _plan_step(self, user: User) -> Step:
        pk = self.voucher.pk
        if self.plan is None:
            return self._step(
                may_write_plan.test(user, self.voucher),
                _("Write the plan: what is delivered, by whom, by when and for how much."),
                _("the cluster"),
                reverse("assistance:plan", args=[pk]),
                _("Write the plan"),
            )
        if self.plan.state == Plan.State.SUBMITTED:
            return self._step(
                may_decide_plan.test(user, self.voucher),
                _("Read the plan and approve it, or return it."),
                _("the country partner"),
                "#plan",
                _("Read the plan"),
            )
        text = _("A draft of the plan is there: finish it and send it to your country partner.")
        if self.plan.return_reason:
            text = _("The plan was returned: “%(reason)s”. Mend it and send it again.") % {
                "reason": self.plan.return_reason
            }
        return self._step(
            may_submit_plan.test(user, self.voucher),
            text,
            _("the cluster"),
            "#plan",
            _("Look at the draft"),
        )

    def _line_steps(self, line: MilestoneLine, user: User) -> list[Step]:
        about = {"milestone": line.milestone.title}
        if line.claim is not None:
            if line.is_paid:
                return []
            return [claim_step(line.claim, user)]
        if line.is_delivered:
            text = _("“%(milestone)s” is accepted: claim the provider's invoice.") % about
            if line.last_claim is not None:
                text = after_return(line.milestone, line.last_claim)
            return [
                self._step(
                    may_submit_claim.test(user, self.voucher),
                    text,
                    _("the cluster"),
                    reverse("payments:submit", args=[line.milestone.pk]),
                    _("Claim the milestone"),
                )
            ]
        return [self._delivery_step(line, user)]

    def _delivery_step(self, line: MilestoneLine, user: User) -> Step:
        about = {"milestone": line.milestone.title}
        if line.deliverable is None:
            text = _("Hand in what was delivered for “%(milestone)s”.") % about
            if line.returned_deliverable is not None:
                text = _(
                    "What was delivered for “%(milestone)s” was returned: “%(reason)s”. Hand it "
                    "in again once it is mended."
                ) % {**about, "reason": line.returned_deliverable.return_reason}
            return self._step(
                may_hand_in.test(user, self.voucher),
                text,
                _("the cluster"),
                reverse("assistance:hand_in", args=[line.milestone.pk]),
                _("Hand in"),
            )
        for_cluster = line.deliverable.state == Deliverable.State.SUBMITTED
        may_accept = may_accept_for_cluster if for_cluster else may_accept_for_partner
        return self._step(
            may_accept.test(user, self.voucher),
            _("Look at what was delivered for “%(milestone)s”, and accept it.") % about,
            _("a manager of the cluster") if for_cluster else _("the country partner"),
            "#plan",
            _("Look at it"),
        )

    def _report_steps(self, user: User) -> list[Step]:
        if not self.everything_is_delivered:
            return []
        pk, report = self.voucher.pk, self.report
        if report is None:
            return [
                self._step(
                    may_write_report.test(user, self.voucher),
                    _("Write the final report: what your cluster did with the voucher."),
                    _("the cluster"),
                    reverse("assistance:report", args=[pk]),
                    _("Write the report"),
                )
            ]
        if report.state == FinalReport.State.DRAFT:
            text = _("A draft of the final report is there: finish it and send it.")
            if report.return_reason:
                text = _("The final report was returned: “%(reason)s”. Mend it and send it again.")
                text = text % {"reason": report.return_reason}
            return [
                self._step(
                    may_submit_report.test(user, self.voucher),
                    text,
                    _("the cluster"),
                    "#report",
                    _("Look at the draft"),
                )
            ]
        may_close = self.everything_is_paid and may_accept_report.test(user, self.voucher)
        return [
            self._step(
                may_close,
                _("Once everything is paid: read the final report, and accept it."),
                _("the country partner"),
                "#report",
                _("Read the report"),
            )
        ]

    def _step(self, is_theirs: bool, text: str, whose: str, path: str, label: str) -> Step:
        if not is_theirs:
            return Step(text, whose)
        url = f"{self.voucher.get_absolute_url()}{path}" if path.startswith("#") else path
        return Step(text, YOU, url, label)
