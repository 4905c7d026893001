"""What standings are judged by, gathered for many vouchers in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Max, Model, QuerySet

from conduct.queries.days import day_of, today
from conduct.queries.scoping import for_system
from vouchers.assistance.models import Deliverable, FinalReport
from vouchers.assistance.needs.models import Meeting, NeedsRecord
from vouchers.assistance.plans.models import Milestone, PlanVersion
from vouchers.awards.models import Voucher
from vouchers.correspondence.models import Message
from vouchers.payments.models import DONE_WITH, Claim
from vouchers.standing.rules import Claim as ClaimFact
from vouchers.standing.rules import (
    Consent,
    Delivery,
    Plan,
    Step,
    VoucherFacts,
)

# The step of a claim that was taken last, and is waited on from then.
_TAKEN = ("paid_at", "ordered_at", "approved_at", "verified_at", "submitted_at")
_STEPS_OF_DELIVERABLES = {
    Deliverable.State.SUBMITTED: Step.SENT,
    Deliverable.State.CLUSTER_ACCEPTED: Step.SECOND,
    Deliverable.State.ACCEPTED: Step.DONE,
    Deliverable.State.RETURNED: Step.RETURNED,
}
_STEPS_OF_VERSIONS = {
    PlanVersion.State.SUBMITTED: Step.SENT,
    PlanVersion.State.PARTNER_APPROVED: Step.SECOND,
    PlanVersion.State.IN_FORCE: Step.DONE,
    PlanVersion.State.RETURNED: Step.RETURNED,
}


@for_system("every voucher is judged, whoever asks; lists show those the person may read")
def facts_of(ids: Collection[int]) -> dict[int, VoucherFacts]:
    """The facts of the vouchers with these keys, by key, on the day it is in their countries."""
    gathered = _gathered(ids)
    vouchers = Voucher.objects.filter(pk__in=ids).select_related("award__application__country")
    return {voucher.pk: _facts(voucher, gathered) for voucher in vouchers}


@dataclass(frozen=True)
class _Gathered:
    """The records about some vouchers: by voucher, deliverables and claims by milestone."""

    needs: dict[int, list[NeedsRecord]]
    versions: dict[int, list[PlanVersion]]
    milestones: dict[int, list[Milestone]]
    deliverables: dict[int, Deliverable]
    claims: dict[int, Claim]
    reports: dict[int, FinalReport]
    meetings: dict[int, datetime]
    messages: dict[int, datetime]


def _gathered(ids: Collection[int]) -> _Gathered:
    needs, versions, milestones = defaultdict(list), defaultdict(list), defaultdict(list)
    for record in NeedsRecord.objects.filter(voucher__in=ids):
        needs[record.voucher_id].append(record)
    for version in PlanVersion.objects.filter(plan__voucher__in=ids).select_related("plan"):
        versions[version.plan.voucher_id].append(version)
    there = Milestone.objects.filter(plan__voucher__in=ids, removed_in=None).select_related("plan")
    for milestone in there:
        milestones[milestone.plan.voucher_id].append(milestone)
    # Of several the newest is kept.
    handed_in = Deliverable.objects.filter(milestone__plan__voucher__in=ids).order_by(
        "submitted_at"
    )
    claims = Claim.objects.filter(voucher__in=ids).exclude(state__in=DONE_WITH)
    return _Gathered(
        needs=needs,
        versions=versions,
        milestones=milestones,
        deliverables={one.milestone_id: one for one in handed_in},
        claims={one.milestone_id: one for one in claims},
        reports={one.voucher_id: one for one in FinalReport.objects.filter(voucher__in=ids)},
        meetings=_latest(Meeting.objects.filter(voucher__in=ids), "voucher", "proposed_at"),
        messages=_latest(
            Message.objects.filter(application__award__voucher__in=ids),
            "application__award__voucher",
            "sent_at",
        ),
    )


def _latest(records: QuerySet[Model], by: str, at: str) -> dict[int, datetime]:
    return dict(records.order_by().values_list(by).annotate(last=Max(at)))


def _facts(voucher: Voucher, gathered: _Gathered) -> VoucherFacts:
    zone = voucher.country.zone
    report = gathered.reports.get(voucher.pk)
    versions = gathered.versions.get(voucher.pk, [])
    milestones = gathered.milestones.get(voucher.pk, [])
    return VoucherFacts(
        today=today(zone),
        issued_on=day_of(voucher.issued_at, zone),
        valid_until=voucher.valid_until,
        last_activity=day_of(max(_activity(voucher, gathered)), zone),
        is_active=voucher.state == Voucher.State.ACTIVE,
        is_closed=voucher.state == Voucher.State.CLOSED,
        needs=_consent(gathered.needs.get(voucher.pk, []), zone),
        plan=_plan(versions, zone),
        deliveries=tuple(
            _delivery(
                milestone,
                gathered.deliverables.get(milestone.pk),
                gathered.claims.get(milestone.pk),
                zone,
            )
            for milestone in milestones
        ),
        report=_report_step(report),
        report_since=day_of(report.submitted_at, zone) if report and report.submitted_at else None,
        amount=voucher.amount,
        planned=sum((one.amount for one in milestones), start=voucher.amount * 0),
    )


def _consent(records: list[NeedsRecord], zone: ZoneInfo) -> Consent:
    """The newest record; while its correction is only drafted, the one that is in force."""
    sent = [one for one in records if one.state != NeedsRecord.State.DRAFT]
    if not sent:
        return Consent(Step.DRAFT if records else Step.NOTHING)
    newest = max(sent, key=lambda one: one.number)
    is_done = newest.state != NeedsRecord.State.SHARED
    return Consent(
        step=Step.DONE if is_done else Step.SENT,
        since=day_of(next(_instants(newest, "confirmed_at", "shared_at")), zone),
        cluster_confirmed=newest.cluster_confirmed_at is not None,
        partner_confirmed=newest.partner_confirmed_at is not None,
    )


def _plan(versions: list[PlanVersion], zone: ZoneInfo) -> Plan:
    sent = [one for one in versions if one.state in _STEPS_OF_VERSIONS]
    if not sent:
        return Plan()
    newest = max(sent, key=lambda one: one.number)
    taken = (
        newest.returned_at,
        newest.in_force_at,
        newest.partner_approved_at,
        newest.submitted_at,
    )
    return Plan(
        step=_STEPS_OF_VERSIONS[PlanVersion.State(newest.state)],
        since=next(day_of(instant, zone) for instant in taken if instant),
        in_force=any(one.state == PlanVersion.State.IN_FORCE for one in versions),
    )


def _delivery(
    milestone: Milestone, deliverable: Deliverable | None, claim: Claim | None, zone: ZoneInfo
) -> Delivery:
    step, since = Step.NOTHING, None
    if deliverable is not None:
        step = _STEPS_OF_DELIVERABLES[Deliverable.State(deliverable.state)]
        taken = deliverable.accepted_at or deliverable.cluster_accepted_at
        since = day_of(taken or deliverable.submitted_at, zone)
    return Delivery(
        title=milestone.title,
        due_on=milestone.due_on,
        days=milestone.days,
        step=step,
        since=since,
        claim=_claim(claim, zone) if claim else None,
        pk=milestone.pk,
    )


def _claim(claim: Claim, zone: ZoneInfo) -> ClaimFact:
    return ClaimFact(claim.state, day_of(next(_instants(claim, *_TAKEN)), zone))


def _report_step(report: FinalReport | None) -> Step:
    if report is None:
        return Step.NOTHING
    return {
        FinalReport.State.DRAFT: Step.RETURNED if report.return_reason else Step.DRAFT,
        FinalReport.State.SUBMITTED: Step.SENT,
        FinalReport.State.ACCEPTED: Step.DONE,
    }[FinalReport.State(report.state)]


def _activity(voucher: Voucher, gathered: _Gathered) -> Iterator[datetime]:
    """When something was last done about a voucher, whoever did it."""
    yield voucher.issued_at
    for table in (gathered.meetings, gathered.messages):
        if instant := table.get(voucher.pk):
            yield instant
    for record in gathered.needs.get(voucher.pk, []):
        yield from _instants(
            record, "written_at", "shared_at", "cluster_confirmed_at", "partner_confirmed_at"
        )
    for version in gathered.versions.get(voucher.pk, []):
        yield from _instants(
            version, "begun_at", "submitted_at", "partner_approved_at", "in_force_at", "returned_at"
        )
    if report := gathered.reports.get(voucher.pk):
        yield from _instants(report, "submitted_at", "accepted_at")
    for milestone in gathered.milestones.get(voucher.pk, []):
        if deliverable := gathered.deliverables.get(milestone.pk):
            yield from _instants(deliverable, "submitted_at", "cluster_accepted_at", "accepted_at")
        if claim := gathered.claims.get(milestone.pk):
            yield from _instants(claim, *_TAKEN)


def _instants(record: Model, *names: str) -> Iterator[datetime]:
    for name in names:
        if instant := getattr(record, name):
            yield instant
