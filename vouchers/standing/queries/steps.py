"""How far each part of a voucher has come, read from its records; days are those of its country."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Model

from conduct.queries.days import day_of
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.needs.models import NeedsRecord
from vouchers.assistance.plans.models import Milestone, PlanVersion
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.surveys.models import Survey
from vouchers.endings.amendments.models import Amendment
from vouchers.payments.models import Claim
from vouchers.providers.quotes.models import QuoteChoice, TermsOfReference
from vouchers.standing.rules import (
    AmendmentFact,
    ClaimFact,
    Consent,
    DeliveryFact,
    PlanFact,
    Quotes,
    Reached,
    SurveyFact,
)

# The step of a claim that was taken last, and is waited on from then.
STEPS_OF_CLAIMS = (
    *("paid_at", "ordered_at", "approved_at", "verified_at", "sent_back_at"),
    "submitted_at",
)
_STEPS_OF_DELIVERABLES = {
    Deliverable.State.SUBMITTED: Reached.SENT,
    Deliverable.State.CLUSTER_ACCEPTED: Reached.SECOND,
    Deliverable.State.ACCEPTED: Reached.DONE,
    Deliverable.State.RETURNED: Reached.RETURNED,
}
_STEPS_OF_VERSIONS = {
    PlanVersion.State.SUBMITTED: Reached.SENT,
    PlanVersion.State.PARTNER_APPROVED: Reached.SECOND,
    PlanVersion.State.IN_FORCE: Reached.DONE,
    PlanVersion.State.RETURNED: Reached.RETURNED,
}
_STATES = TermsOfReference.State


def amendment_fact(amendment: Amendment | None, zone: ZoneInfo) -> AmendmentFact | None:
    """The amendment of the agreement that a side has still to sign."""
    if amendment is None:
        return None
    since = day_of(next(instants(amendment, "cluster_signed_at", "drawn_up_at")), zone)
    return AmendmentFact(amendment.state == Amendment.State.SIGNED, since)


def needs_fact(records: list[NeedsRecord], zone: ZoneInfo) -> Consent:
    """The newest record; while its correction is only drafted, the one that is in force."""
    sent = [one for one in records if one.state != NeedsRecord.State.DRAFT]
    if not sent:
        return Consent(Reached.DRAFT if records else Reached.NOTHING)
    newest = max(sent, key=lambda one: one.number)
    is_done = newest.state != NeedsRecord.State.SHARED
    return Consent(
        step=Reached.DONE if is_done else Reached.SENT,
        since=day_of(next(instants(newest, "confirmed_at", "shared_at")), zone),
        cluster_confirmed=newest.cluster_confirmed_at is not None,
        partner_confirmed=newest.partner_confirmed_at is not None,
    )


def plan_fact(versions: list[PlanVersion], zone: ZoneInfo) -> PlanFact:
    """The newest version that was sent; drafts keep nobody waiting but who writes them."""
    sent = [one for one in versions if one.state in _STEPS_OF_VERSIONS]
    if not sent:
        return PlanFact()
    newest = max(sent, key=lambda one: one.number)
    taken = instants(newest, "returned_at", "in_force_at", "partner_approved_at", "submitted_at")
    return PlanFact(
        step=_STEPS_OF_VERSIONS[PlanVersion.State(newest.state)],
        since=day_of(next(taken), zone),
        in_force=_in_force(versions) is not None,
    )


def quotes_fact(
    terms: TermsOfReference | None,
    choice: QuoteChoice | None,
    versions: list[PlanVersion],
    zone: ZoneInfo,
) -> Quotes | None:
    """The request for quotes that runs, or that one is needed: the plan in force has no provider.

    The terms know what `with_rates` says of them.
    """
    if terms is not None:
        state = "unpriced" if terms.awaits_rate else terms.state  # type: ignore[attr-defined]
        return Quotes(state, day_of(_waiting_from(terms, choice), zone))
    plan = _in_force(versions)
    if plan is None or plan.provider_id is not None or plan.in_force_at is None:
        return None
    return Quotes("needed", day_of(plan.in_force_at, zone))


def _in_force(versions: list[PlanVersion]) -> PlanVersion | None:
    return next((one for one in versions if one.state == PlanVersion.State.IN_FORCE), None)


def _waiting_from(terms: TermsOfReference, choice: QuoteChoice | None) -> datetime:
    """Since when, or from when on, somebody is waited for."""
    instant: datetime | None = None
    match _STATES(terms.state):
        case _STATES.ASKING:
            instant = terms.deadline
        case _STATES.OPENED:
            # A choice that was refused gives the quotes back, and a rate lets them be compared.
            instant = max(
                (choice and choice.answered_at) or terms.opening.opened_at,
                terms.rated_at or terms.opening.opened_at,  # type: ignore[attr-defined]
            )
        case _STATES.CHOSEN:
            instant = choice.chosen_at if choice else None
        case _STATES.DECIDED:
            instant = choice.answered_at if choice else None
    return instant or terms.begun_at


def deliverable_step(
    handed_in: Deliverable | None, zone: ZoneInfo, now: date
) -> tuple[Reached, date | None]:
    """How far what was handed in last has come, and since when; `now` is the day it is there."""
    if handed_in is None:
        return Reached.NOTHING, None
    taken = next(
        instants(handed_in, "returned_at", "accepted_at", "cluster_accepted_at", "submitted_at")
    )
    step = _STEPS_OF_DELIVERABLES[Deliverable.State(handed_in.state)]
    return step, min(day_of(taken, zone), now)


def delivery(
    milestone: Milestone, handed_in: tuple[Reached, date | None], claim: ClaimFact | None
) -> DeliveryFact:
    """A milestone of the plan in force, with what was handed in and claimed for it."""
    step, since = handed_in
    return DeliveryFact(
        title=milestone.title,
        due_on=milestone.due_on,
        days=milestone.days,
        step=step,
        since=since,
        claim=claim,
        pk=milestone.pk,
    )


def claim_fact(claim: Claim | None, zone: ZoneInfo) -> ClaimFact | None:
    """The claim that holds, since the last step that was taken."""
    if claim is None:
        return None
    return ClaimFact(claim.state, day_of(next(instants(claim, *STEPS_OF_CLAIMS)), zone))


def report_step(
    report: FinalReport | None, zone: ZoneInfo, now: date
) -> tuple[Reached, date | None]:
    """How far the final report is, and since when somebody reads or mends it."""
    if report is None:
        return Reached.NOTHING, None
    is_returned = report.state == FinalReport.State.DRAFT and bool(report.return_reason)
    step = {
        FinalReport.State.DRAFT: Reached.RETURNED if is_returned else Reached.DRAFT,
        FinalReport.State.SUBMITTED: Reached.SENT,
        FinalReport.State.PARTNER_ACCEPTED: Reached.SECOND,
        FinalReport.State.ACCEPTED: Reached.DONE,
    }[FinalReport.State(report.state)]
    names = ("returned_at",) if is_returned else ("partner_accepted_at",)
    taken = next(instants(report, *names, "submitted_at"), None)
    return step, min(day_of(taken, zone), now) if taken else None


def survey_fact(survey: Survey | None) -> SurveyFact | None:
    """The survey that is awaited, since the day on which it was due."""
    return SurveyFact(survey.months, survey.due_on) if survey is not None else None


def instants(record: Model, *names: str) -> Iterator[datetime]:
    """The instants that a record knows, in the order of the names."""
    for name in names:
        if instant := getattr(record, name):
            yield instant
