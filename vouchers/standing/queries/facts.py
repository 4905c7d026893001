"""What standings are judged by, gathered for many vouchers in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Case, F, Max, Min, Model, Q, QuerySet, Sum, When
from django.db.models.functions import Greatest

from conduct.queries.days import day_of, today
from conduct.queries.scoping import for_system
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.rules.hours import days_of
from vouchers.assistance.needs.models import Meeting, NeedsRecord
from vouchers.assistance.plans.models import Milestone, PlanVersion
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.surveys.models import Survey
from vouchers.assistance.surveys.queries import awaited_surveys
from vouchers.awards.models import Voucher
from vouchers.awards.queries.countersigning import awaits_countersignature
from vouchers.calls.models import Call
from vouchers.correspondence.models import Message
from vouchers.endings.amendments.models import Amendment
from vouchers.endings.amendments.queries import waiting_amendments
from vouchers.endings.models import Suspension
from vouchers.payments.models import DONE_WITH, Claim, ClaimLine
from vouchers.providers.contracts.models import Contract
from vouchers.providers.quotes.models import QuoteChoice, TermsOfReference
from vouchers.providers.quotes.queries.rates import with_rates
from vouchers.standing.rules import Rest, VoucherFacts, WatchLimits

from .steps import (
    STEPS_OF_CLAIMS,
    amendment_fact,
    claim_fact,
    deliverable_step,
    delivery,
    instants,
    needs_fact,
    plan_fact,
    quotes_fact,
    report_step,
    survey_fact,
)


@for_system("every voucher is judged, whoever asks; lists show those the person may read")
def facts_of(ids: Collection[int]) -> dict[int, VoucherFacts]:
    """The facts of the vouchers with these keys, by key, on the day it is in their countries."""
    gathered = _gathered(ids)
    signed_at = When(awaits_countersignature(), then=F("award__signature__signed_at"))
    vouchers = (
        Voucher.objects.filter(pk__in=ids)
        .select_related("award__application__country", "award__application__call")
        .annotate(awaits_countersignature_since=Case(signed_at))
    )
    return {voucher.pk: _facts(voucher, gathered) for voucher in vouchers.order_by("pk")}


@dataclass(frozen=True)
class _Sessions:
    """The sessions of a voucher: the hours that count, and when one was last written about."""

    hours: Decimal
    last: datetime


@dataclass(frozen=True)
class _Gathered:
    """The records about some vouchers: by voucher; deliverables and claims by milestone."""

    needs: dict[int, list[NeedsRecord]]
    versions: dict[int, list[PlanVersion]]
    milestones: dict[int, list[Milestone]]
    terms: dict[int, TermsOfReference]
    choices: dict[int, QuoteChoice]
    contracts: dict[int, Contract]
    sessions: dict[int, _Sessions]
    deliverables: dict[int, Deliverable]
    claims: dict[int, Claim]
    reports: dict[int, FinalReport]
    meetings: dict[int, datetime]
    messages: dict[int, datetime]
    rests: dict[int, list[Suspension]]
    surveys: dict[int, Survey]
    amendments: dict[int, Amendment]


@for_system("every voucher is judged, whoever asks; lists show those the person may read")
def _gathered(ids: Collection[int]) -> _Gathered:
    needs, versions, milestones = defaultdict(list), defaultdict(list), defaultdict(list)
    for record in NeedsRecord.objects.filter(voucher__in=ids):
        needs[record.voucher_id].append(record)
    for version in PlanVersion.objects.filter(plan__voucher__in=ids).select_related("plan"):
        versions[version.plan.voucher_id].append(version)
    there = Milestone.objects.filter(plan__voucher__in=ids, removed_in=None).select_related("plan")
    for milestone in there:
        milestones[milestone.plan.voucher_id].append(milestone)
    rests = defaultdict(list)
    for suspension in Suspension.objects.filter(voucher__in=ids):
        rests[suspension.voucher_id].append(suspension)
    # Of several claims of a milestone the one under way is what is waited for; else the last paid.
    lines = ClaimLine.objects.filter(claim__voucher__in=ids).exclude(claim__state__in=DONE_WITH)
    claimed = lines.select_related("claim").order_by(
        Case(When(claim__state=Claim.State.PAID, then=0), default=1), "claim__number"
    )
    # Of several the last one is kept: choices that were refused come before the one that stands.
    terms = TermsOfReference.objects.filter(voucher__in=ids).exclude(
        state=TermsOfReference.State.ENDED
    )
    choices = QuoteChoice.objects.filter(terms__in=terms).order_by("chosen_at")
    return _Gathered(
        needs=needs,
        versions=versions,
        milestones=milestones,
        terms={one.voucher_id: one for one in with_rates(terms).select_related("opening")},
        choices={one.terms_id: one for one in choices},
        contracts={one.voucher_id: one for one in Contract.objects.filter(voucher__in=ids)},
        sessions=_sessions(ids),
        deliverables={one.milestone_id: one for one in _handed_in(ids)},
        claims={one.milestone_id: one.claim for one in claimed},
        reports={one.voucher_id: one for one in _reports(ids)},
        meetings=_latest(Meeting.objects.filter(voucher__in=ids), "voucher", "proposed_at"),
        messages=_latest(
            Message.objects.filter(application__award__voucher__in=ids),
            "application__award__voucher",
            "sent_at",
        ),
        rests=rests,
        surveys={one.voucher_id: one for one in awaited_surveys().filter(voucher__in=ids)},
        amendments={one.voucher_id: one for one in waiting_amendments(ids)},
    )


@for_system("every voucher is judged, whoever asks; lists show those the person may read")
def _sessions(ids: Collection[int]) -> dict[int, _Sessions]:
    counted = Q(state__in=Session.STANDING)
    rows = Session.objects.filter(voucher__in=ids).order_by().values_list("voucher")
    summed = rows.annotate(
        hours=Sum("hours", filter=counted, default=Decimal(0)),
        last=Max(Greatest("logged_at", "confirmed_at", "returned_at", "withdrawn_at")),
    )
    return {voucher: _Sessions(hours, last) for voucher, hours, last in summed}


@for_system("every voucher is judged, whoever asks; lists show those the person may read")
def _handed_in(ids: Collection[int]) -> QuerySet[Deliverable]:
    """What was handed in, the newest version of a milestone last."""
    return Deliverable.objects.filter(milestone__plan__voucher__in=ids).order_by("number")


@for_system("every voucher is judged, whoever asks; lists show those the person may read")
def _reports(ids: Collection[int]) -> QuerySet[FinalReport]:
    """The final reports, with when the last version that was sent was returned."""
    return FinalReport.objects.filter(voucher__in=ids).annotate(
        returned_at=Min(
            "events__pgh_created_at",
            filter=Q(events__state=FinalReport.State.DRAFT, events__submitted_at=F("submitted_at"))
            & ~Q(events__return_reason=""),
        )
    )


def _latest(records: QuerySet[Model], by: str, at: str) -> dict[int, datetime]:
    return dict(records.order_by().values_list(by).annotate(last=Max(at)))


def _facts(voucher: Voucher, gathered: _Gathered) -> VoucherFacts:
    zone, pk = voucher.country.zone, voucher.pk
    now = today(zone)
    versions = gathered.versions.get(pk, [])
    milestones = gathered.milestones.get(pk, [])
    contract = gathered.contracts.get(pk)
    terms = gathered.terms.get(pk)
    choice = gathered.choices.get(terms.pk) if terms else None
    report = gathered.reports.get(pk)
    step, since = report_step(report, zone, now)
    sessions = gathered.sessions.get(pk)
    return VoucherFacts(
        today=now,
        issued_on=day_of(voucher.issued_at, zone),
        valid_until=voucher.valid_until,
        last_activity=min(day_of(max(_activity(voucher, gathered)), zone), now),
        is_active=voucher.state == Voucher.State.ACTIVE,
        is_closed=voucher.state == Voucher.State.CLOSED,
        is_suspended=voucher.state == Voucher.State.SUSPENDED,
        rests=tuple(Rest(one.since, one.resumed_on or now) for one in gathered.rests.get(pk, [])),
        awaits_countersignature_since=_unsigned_since(voucher),
        amendment=amendment_fact(gathered.amendments.get(pk), zone),
        needs=needs_fact(gathered.needs.get(pk, []), zone),
        plan=plan_fact(versions, zone),
        quotes=None if contract else quotes_fact(terms, choice, versions, zone),
        deliveries=tuple(
            delivery(
                milestone,
                deliverable_step(gathered.deliverables.get(milestone.pk), zone, now),
                claim_fact(gathered.claims.get(milestone.pk), zone),
            )
            for milestone in milestones
        ),
        report=step,
        report_since=since,
        survey=survey_fact(gathered.surveys.get(pk)),
        amount=voucher.amount,
        planned=sum((one.amount for one in milestones), start=Decimal(0)),
        contracted=contract.amount if contract else Decimal(0),
        days_worked=days_of(sessions.hours) if sessions else Decimal(0),
        limits=_limits(voucher.award.application.call),
    )


def _unsigned_since(voucher: Voucher) -> date | None:
    instant: datetime | None = getattr(voucher, "awaits_countersignature_since", None)
    return day_of(instant, voucher.country.zone) if instant else None


def _limits(call: Call) -> WatchLimits:
    return WatchLimits(
        turn=call.days_of_a_turn,
        silence=call.days_of_silence,
        grace=call.days_of_grace,
        ending=call.days_before_the_end,
    )


def _activity(voucher: Voucher, gathered: _Gathered) -> Iterator[datetime]:
    """When something was last done about a voucher, whoever did it."""
    pk = voucher.pk
    yield voucher.issued_at
    for table in (gathered.meetings, gathered.messages):
        if instant := table.get(pk):
            yield instant
    for record in gathered.needs.get(pk, []):
        yield from instants(
            record, "written_at", "shared_at", "cluster_confirmed_at", "partner_confirmed_at"
        )
    for version in gathered.versions.get(pk, []):
        yield from instants(
            version, "begun_at", "submitted_at", "partner_approved_at", "in_force_at", "returned_at"
        )
    if terms := gathered.terms.get(pk):
        yield from instants(terms, "begun_at", "asked_at")
        if choice := gathered.choices.get(terms.pk):
            yield from instants(choice, "chosen_at", "answered_at")
    if amendment := gathered.amendments.get(pk):
        yield from instants(amendment, "drawn_up_at", "cluster_signed_at")
    if contract := gathered.contracts.get(pk):
        yield contract.entered_at
    if sessions := gathered.sessions.get(pk):
        yield sessions.last
    if report := gathered.reports.get(pk):
        yield from instants(report, "submitted_at", "returned_at", "accepted_at")
    for milestone in gathered.milestones.get(pk, []):
        if handed_in := gathered.deliverables.get(milestone.pk):
            yield from instants(
                handed_in, "submitted_at", "returned_at", "cluster_accepted_at", "accepted_at"
            )
        if claim := gathered.claims.get(milestone.pk):
            yield from instants(claim, *STEPS_OF_CLAIMS)
