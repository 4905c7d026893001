"""What comes next for a voucher, and whose turn it is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from dashboards.queries.journeys import Journey, MilestoneLine
from documents.wording import day
from vouchers.applications.steps import YOU, Step
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.deliverables.permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
    may_hand_in,
)
from vouchers.assistance.delivery.steps import session_steps
from vouchers.assistance.needs.steps import meeting_steps, record_steps
from vouchers.assistance.plans.steps import plan_step
from vouchers.assistance.reports.steps import report_step
from vouchers.assistance.surveys.queries import awaited_survey_of
from vouchers.assistance.surveys.steps import survey_step
from vouchers.assistance.workroom.permissions import may_send_work_link
from vouchers.awards.models import Voucher
from vouchers.awards.steps import countersigning_step
from vouchers.endings.amendments.steps import amendment_step
from vouchers.endings.permissions import may_suspend
from vouchers.endings.queries import suspension_of
from vouchers.payments.models import CAME_BACK
from vouchers.payments.permissions import may_submit_claim
from vouchers.payments.steps import after_return, claim_address, claim_step
from vouchers.providers.quotes.steps import quotes_steps
from vouchers.standing.models import Party, Standing
from vouchers.standing.rules import AwaitedTask
from vouchers.standing.wording import since_when, task_in_words, whose_turn


def voucher_step(journey: Journey, user: User) -> Step:
    """What comes next; of several things at once, what the person can do comes first."""
    steps = _steps(journey, user)
    return next((step for step in steps if step.whose == YOU), steps[0])


# Where on the voucher's page what is waited for is done.
_PLACES = {
    **dict.fromkeys((AwaitedTask.RECORD_NEEDS, AwaitedTask.CONFIRM_NEEDS), "#needs"),
    AwaitedTask.SIGN_AMENDMENT: "#agreement",
    AwaitedTask.WRITE_REPORT: "#report",
}


def standing_step(standing: Standing, *, may_act: bool, page: str = "") -> Step:
    """What comes next for a voucher that goes on, as it was last judged; without a query.

    `page` is the address of the record that waits; else its place on the voucher's page is meant.
    """
    if standing.party != Party.CLUSTER or not may_act:
        return Step(
            whose_turn(standing), url=standing.voucher.get_absolute_url(), label=_("Look at it")
        )
    text = _("%(voucher)s: it is your turn %(task)s (%(since)s).") % {
        "voucher": standing.voucher.reference,
        "task": task_in_words(standing.task, standing.about),
        "since": since_when(standing),
    }
    place = _PLACES.get(AwaitedTask(standing.task), "#plan")
    on_voucher = f"{standing.voucher.get_absolute_url()}{place}"
    task = f"{standing.task} {standing.about}"
    return Step(text, YOU, page or on_voucher, _("Go there"), task)


def _steps(journey: Journey, user: User) -> list[Step]:
    if journey.voucher.state == Voucher.State.CLOSED:
        survey = awaited_survey_of(journey.voucher)
        asked = [survey_step(survey, user)] if survey is not None else []
        return [*asked, Step(_("The voucher is closed. Thank you."))]
    signing = _signing_steps(journey, user)
    if journey.voucher.state == Voucher.State.TERMINATED:
        return [*signing, *_steps_after_end(journey, user)]
    if journey.voucher.state == Voucher.State.SUSPENDED:
        return [*signing, *_steps_when_suspended(journey, user)]
    meetings = meeting_steps(journey.meetings, user)
    newest = next(iter(journey.needs_records), None)
    records = record_steps(journey.voucher, newest, journey.needs_remarks, user)
    if not journey.needs_are_confirmed:
        return [*signing, *meetings, *records]
    quotes = quotes_steps(journey.terms, journey.contract, journey.agreement, user)
    return [*signing, *quotes, *_steps_after_needs(journey, user), *meetings, *records]


def _signing_steps(journey: Journey, user: User) -> list[Step]:
    """What the person signs: the agreement or an amendment. For everybody else all goes on meanwhile."""
    steps = [amendment_step(one, user) for one in journey.amendments if one.is_open]
    if journey.agreement is not None and journey.agreement.waits:
        steps.append(countersigning_step(journey.agreement, user))
    return [step for step in steps if step is not None and step.whose == YOU]


def _steps_after_end(journey: Journey, user: User) -> list[Step]:
    """Claiming what was accepted, while it may be; else that the voucher ended."""
    steps = [
        step
        for line in journey.standing_lines
        if line.claim is not None or (line.is_delivered and journey.may_still_be_claimed)
        for step in _line_steps(journey, line, user)
    ]
    return [*steps, Step(_("The voucher was terminated."))]


def _steps_when_suspended(journey: Journey, user: User) -> list[Step]:
    suspension = suspension_of(journey.voucher)
    told = {"day": day(suspension.review_on)} if suspension else {"day": ""}
    text = _("The voucher is suspended. It is looked at again on %(day)s.") % told
    if may_suspend.test(user, journey.voucher):
        return [_step(journey, True, text, "", "#time", _("Look at it"))]  # noqa: FBT003
    return [Step(text, _("the country partner"))]


def _steps_after_needs(journey: Journey, user: User) -> list[Step]:
    planning = plan_step(journey.voucher, journey.versions, user)
    if not journey.plan_is_approved:
        return [step for step in [planning] if step is not None]
    steps = [step for line in journey.standing_lines for step in _line_steps(journey, line, user)]
    amending = [planning] if planning is not None else []
    worked = session_steps(journey.voucher, journey.sessions, user)
    linking = [_link_step(journey, user)] if journey.provider_waits_for_its_link else []
    return [*amending, *linking, *worked, *steps, *_report_steps(journey, user)]


def _link_step(journey: Journey, user: User) -> Step:
    """The provider logs its sessions and hands in by a link of its own, once somebody sends it."""
    return _step(
        journey,
        may_send_work_link.test(user, journey.voucher),
        _("The contract is entered: send the provider the link by which it works."),
        _("the cluster"),
        reverse("workroom:send", args=[journey.voucher.pk]),
        _("Send the link"),
    )


def _line_steps(journey: Journey, line: MilestoneLine, user: User) -> list[Step]:
    about = {"milestone": line.milestone.title}
    if line.claim is not None:
        if line.is_paid:
            return []
        return [claim_step(line.claim, user, agreement=journey.agreement)]
    if line.is_delivered:
        text = _("“%(milestone)s” is accepted: claim the provider's invoice.") % about
        if line.last_claim is not None:
            text = after_return(line.last_claim, line.milestone.title)
        return [
            _step(
                journey,
                may_submit_claim.test(user, journey.voucher),
                text,
                _("the cluster"),
                _claim_address(line),
                _("Claim the milestone"),
            )
        ]
    return [_delivery_step(journey, line, user)]


def _claim_address(line: MilestoneLine) -> str:
    """Where the milestone is claimed: filled with what came back, unless that was for good."""
    last = line.last_claim
    again = last.pk if last is not None and last.state in CAME_BACK else None
    voucher = line.milestone.plan.voucher_id
    return claim_address(voucher, milestone=line.milestone.pk, again=again)


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
    is_paid = journey.everything_is_paid
    return [report_step(journey.voucher, journey.report, user, is_paid=is_paid)]


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
