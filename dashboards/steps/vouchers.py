"""What comes next for a voucher, and whose turn it is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from dashboards.queries.journeys import Journey, MilestoneLine
from vouchers.applications.steps import YOU, Step
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.deliverables.permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
    may_hand_in,
)
from vouchers.assistance.delivery.steps import session_steps
from vouchers.assistance.models import FinalReport
from vouchers.assistance.needs.steps import meeting_steps, record_steps
from vouchers.assistance.permissions import (
    may_accept_report,
    may_submit_report,
    may_write_report,
)
from vouchers.assistance.plans.steps import plan_step
from vouchers.awards.models import Voucher
from vouchers.payments.permissions import may_submit_claim
from vouchers.payments.steps import after_return, claim_step
from vouchers.providers.quotes.steps import quotes_steps


def voucher_step(journey: Journey, user: User) -> Step:
    """What comes next; of several things at once, what the person can do comes first."""
    steps = _steps(journey, user)
    return next((step for step in steps if step.whose == YOU), steps[0])


def _steps(journey: Journey, user: User) -> list[Step]:
    if journey.voucher.state == Voucher.State.CLOSED:
        return [Step(_("The voucher is closed. Thank you."))]
    if journey.voucher.state == Voucher.State.TERMINATED:
        return [Step(_("The voucher was terminated."))]
    meetings = meeting_steps(journey.meetings, user)
    newest = next(iter(journey.needs_records), None)
    records = record_steps(journey.voucher, newest, journey.needs_remarks, user)
    if not journey.needs_are_confirmed:
        return [*meetings, *records]
    quotes = quotes_steps(journey.terms, journey.contract, user)
    return [*quotes, *_steps_after_needs(journey, user), *meetings, *records]


def _steps_after_needs(journey: Journey, user: User) -> list[Step]:
    planning = plan_step(journey.voucher, journey.versions, user)
    if not journey.plan_is_approved:
        return [step for step in [planning] if step is not None]
    steps = [step for line in journey.standing_lines for step in _line_steps(journey, line, user)]
    amending = [planning] if planning is not None else []
    worked = session_steps(journey.voucher, journey.sessions, user)
    return [*amending, *worked, *steps, *_report_steps(journey, user)]


def _line_steps(journey: Journey, line: MilestoneLine, user: User) -> list[Step]:
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
            _step(
                journey,
                may_submit_claim.test(user, journey.voucher),
                text,
                _("the cluster"),
                reverse("payments:submit", args=[line.milestone.pk]),
                _("Claim the milestone"),
            )
        ]
    return [_delivery_step(journey, line, user)]


def _delivery_step(journey: Journey, line: MilestoneLine, user: User) -> Step:
    about = {"milestone": line.milestone.title}
    if line.deliverable is None:
        text = _("Hand in what was delivered for “%(milestone)s”.") % about
        if line.returned_deliverable is not None:
            text = _(
                "What was delivered for “%(milestone)s” was returned: “%(reason)s”. Hand it "
                "in again once it is mended."
            ) % {**about, "reason": line.returned_deliverable.return_reason}
        return _step(
            journey,
            may_hand_in.test(user, journey.voucher),
            text,
            _("the cluster"),
            reverse("deliverables:hand_in", args=[line.milestone.pk]),
            _("Hand in"),
        )
    for_cluster = line.deliverable.state == Deliverable.State.SUBMITTED
    may_accept = may_accept_for_cluster if for_cluster else may_accept_for_partner
    return _step(
        journey,
        may_accept.test(user, journey.voucher),
        _("Look at what was delivered for “%(milestone)s”, and accept it.") % about,
        _("a manager of the cluster") if for_cluster else _("the country partner"),
        line.deliverable.get_absolute_url(),
        _("Look at it"),
    )


def _report_steps(journey: Journey, user: User) -> list[Step]:
    if not journey.everything_is_delivered:
        return []
    pk, report = journey.voucher.pk, journey.report
    if report is None:
        return [
            _step(
                journey,
                may_write_report.test(user, journey.voucher),
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
            _step(
                journey,
                may_submit_report.test(user, journey.voucher),
                text,
                _("the cluster"),
                "#report",
                _("Look at the draft"),
            )
        ]
    may_close = journey.everything_is_paid and may_accept_report.test(user, journey.voucher)
    return [
        _step(
            journey,
            may_close,
            _("Once everything is paid: read the final report, and accept it."),
            _("the country partner"),
            "#report",
            _("Read the report"),
        )
    ]


def _step(
    journey: Journey,
    is_theirs: bool,  # noqa: FBT001 (a predicate, not a switch)
    text: str,
    whose: str,
    path: str,
    label: str,
) -> Step:
    if not is_theirs:
        return Step(text, whose)
    url = f"{journey.voucher.get_absolute_url()}{path}" if path.startswith("#") else path
    return Step(text, YOU, url, label)
