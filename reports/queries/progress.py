"""How the vouchers of a country do: where each stands today, and what happened in a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet

from conduct.queries.days import day_of
from conduct.queries.scoping import for_system
from reports.models import PeriodReport
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.queries import Burned, burned_of
from vouchers.assistance.needs.models import NeedsRecord
from vouchers.assistance.plans.models import Milestone, PlanVersion
from vouchers.assistance.reports.models import FinalReport, ReportedIndicator
from vouchers.awards.models import Voucher

ZERO = Decimal(0)


@dataclass(frozen=True)
class MilestoneProgress:
    """A milestone of the plan in force: days of expertise used of it, and what was handed in last."""

    burned: Burned
    newest: Deliverable | None
    zone: ZoneInfo

    @property
    def milestone(self) -> Milestone:
        return self.burned.milestone

    @property
    def accepted_on(self) -> date | None:
        """The day, in its country, on which what was handed in was accepted."""
        if self.newest is None or self.newest.accepted_at is None:
            return None
        return day_of(self.newest.accepted_at, self.zone)

    def days_late(self, day: date) -> int:
        """How many days it was late on a day, when it had not been accepted by then."""
        accepted = self.accepted_on
        if accepted is not None and accepted <= day:
            return 0
        return max(0, (day - self.milestone.due_on).days)


@dataclass(frozen=True)
class VoucherProgress:
    """One voucher with what its records say until the last day of a period."""

    voucher: Voucher
    milestones: list[MilestoneProgress]
    # Those that count, logged or confirmed, until the end of the period.
    sessions: list[Session]

    @cached_property
    def planned(self) -> Decimal:
        """Days of expertise that the plan in force foresees."""
        return sum((one.milestone.days for one in self.milestones), ZERO)

    @cached_property
    def used(self) -> Decimal:
        """Days of expertise of all sessions until the end of the period."""
        return sum((one.burned.used for one in self.milestones), ZERO)

    def sessions_since(self, first: date) -> list[Session]:
        """The sessions from a day on."""
        return [one for one in self.sessions if one.day >= first]

    @property
    def needs(self) -> NeedsRecord | None:
        """The record of needs that holds, or the one that waits to be confirmed."""
        records = {one.state: one for one in self.voucher.needs_records.all()}
        states = NeedsRecord.State
        return records.get(states.CONFIRMED) or records.get(states.SHARED)

    @property
    def plan(self) -> PlanVersion | None:
        """The version of the plan that is in force."""
        plan = getattr(self.voucher, "plan", None)
        return plan.in_force if plan is not None else None

    @property
    def indicators(self) -> list[ReportedIndicator]:
        """What the accepted final report says was reached."""
        report = getattr(self.voucher, "final_report", None)
        if report is None or report.state != FinalReport.State.ACCEPTED or not report.version:
            return []
        return list(report.version.indicators.all())


@for_system("the vouchers of one country, for who may report its progress")
def progress_of(report: PeriodReport) -> list[VoucherProgress]:
    """Each voucher of the call and country that was issued by the end of the period, by reference.

    A constant number of queries. Where it stands (`voucher.standing`) is as it was last judged.
    """
    vouchers = _vouchers(report)
    return [_progress(voucher, report.last) for voucher in vouchers if _was_there(voucher, report)]


@for_system("the vouchers of one country, for who may report its progress")
def vouchers_reported(report: PeriodReport) -> QuerySet[Voucher]:
    """The vouchers of the call and country."""
    return Voucher.objects.filter(
        award__application__call=report.call_id, award__application__country=report.country_id
    )


@for_system("the vouchers of one country, for who may report its progress")
def _vouchers(report: PeriodReport) -> QuerySet[Voucher]:
    in_force = Milestone.objects.filter(removed_in=None).order_by("position")
    counted = Session.objects.filter(state__in=Session.STANDING, day__lte=report.last)
    return (
        vouchers_reported(report)
        .select_related(
            *("award__application__cluster", "award__application__country__partner"),
            *("standing", "plan__in_force__provider", "final_report__version"),
        )
        .prefetch_related(
            "needs_records",
            "suspensions",
            "final_report__version__indicators",
            Prefetch("plan__milestones", in_force),
            Prefetch("plan__milestones__deliverables", Deliverable.objects.order_by("number")),
            Prefetch("sessions", counted),
        )
        .order_by("award__application__reference")
    )


def _was_there(voucher: Voucher, report: PeriodReport) -> bool:
    return day_of(voucher.issued_at, voucher.country.zone) <= report.last


def _progress(voucher: Voucher, last: date) -> VoucherProgress:
    plan = getattr(voucher, "plan", None)
    milestones = list(plan.milestones.all()) if plan is not None else []
    sessions = list(voucher.sessions.all())
    zone = voucher.country.zone
    return VoucherProgress(
        voucher,
        [
            MilestoneProgress(
                burned, _newest(burned.milestone.deliverables.all(), zone, last), zone
            )
            for burned in burned_of(milestones, sessions)
        ],
        sessions,
    )


def _newest(handed_in: Iterable[Deliverable], zone: ZoneInfo, last: date) -> Deliverable | None:
    """The version that was handed in last, by the end of the period."""
    there = [one for one in handed_in if day_of(one.submitted_at, zone) <= last]
    return there[-1] if there else None
