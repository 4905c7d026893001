"""The lists of milestones and of sessions, over all vouchers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F, QuerySet, Sum
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from clusters.queries import countries_reached_by
from conduct.queries.days import today
from dashboards.forms import AllSessionFilters, MilestoneFilters
from dashboards.queries.assistance import (
    all_sessions_visible_to,
    milestones_visible_to,
    with_progress,
)
from dashboards.queries.measures import in_days
from exports.rules.columns import Column, Kind
from lists.forms import several
from lists.queries import Total
from lists.views import ListPage, Order
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.queries import with_facts
from vouchers.assistance.plans.models import Milestone
from vouchers.calls.queries import call_choices


class MilestoneList(ListPage):
    """The milestones of the plans in force, of the vouchers that the person may read."""

    request: PersonRequest

    name = "milestones"
    title = _("Milestones")
    template = "dashboards/milestones.html"
    filter_class = MilestoneFilters
    totals = (
        Total("days", pgettext_lazy("sum of a list", "days"), Sum("days", default=0), Kind.NUMBER),
        Total("amount", pgettext_lazy("sum of a list", "planned"), Sum("amount", default=0)),
        Total(
            "unclaimed",
            pgettext_lazy("sum of a list", "not claimed yet"),
            Sum(F("amount") - F("claimed"), default=0),
        ),
    )
    orders: Mapping[str, Order] = {
        "due": Order(_("Due first"), ("due_on",)),
        "last": Order(_("Due last"), ("-due_on",)),
        "amount": Order(_("Largest amount first"), ("-amount",)),
    }
    columns = (
        Column(
            "voucher", _("Voucher"), kind=Kind.TEXT, value=lambda one: one.plan.voucher.reference
        ),
        Column(
            "cluster",
            _("Cluster"),
            kind=Kind.TEXT,
            value=lambda one: one.plan.voucher.award.application.cluster_name,
        ),
        Column(
            "country",
            _("Country"),
            value=lambda one: one.plan.voucher.award.application.country_id,
        ),
        Column("milestone", _("Milestone"), kind=Kind.TEXT, value=lambda one: one.title),
        Column(
            "due_on",
            pgettext_lazy("of milestones", "Due on"),
            kind=Kind.DAY,
            value=lambda one: one.due_on,
        ),
        Column("days", _("Days of expertise"), kind=Kind.NUMBER, value=lambda one: one.days),
        Column("amount", _("Amount (EUR)"), kind=Kind.MONEY, value=lambda one: one.amount),
        Column("claimed", _("Claimed (EUR)"), kind=Kind.MONEY, value=lambda one: one.claimed),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.handed_in or "",
            words=dict(Deliverable.State.choices),
        ),
    )

    def records(self) -> QuerySet[Milestone]:
        return milestones_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[Milestone]) -> QuerySet[Milestone]:
        return with_progress(records)

    def offered(self) -> Mapping[str, Any]:
        return _calls_and_countries(self.request)

    def rows(self) -> list[tuple[Milestone, str, bool]]:
        """Each milestone, how far it has come in words, and whether it is late."""
        words, now = dict(Deliverable.State.choices), today()
        return [
            (
                one,
                str(words.get(one.handed_in, "")),
                one.due_on < now
                and one.handed_in != Deliverable.State.ACCEPTED
                and one.plan.voucher.state in ("active", "suspended"),
            )
            for one in self.page
        ]


class AllSessions(ListPage):
    """The sessions of all vouchers that the person may read."""

    request: PersonRequest

    name = "all-sessions"
    title = pgettext_lazy("of technical assistance", "Sessions")
    template = "dashboards/sessions.html"
    filter_class = AllSessionFilters
    totals = (Total("days", pgettext_lazy("sum of a list", "days"), in_days(), Kind.NUMBER),)
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-day",)),
        "oldest": Order(_("Oldest first"), ("day",)),
        "hours": Order(_("Longest first"), ("-hours",)),
    }
    columns = (
        Column("voucher", _("Voucher"), kind=Kind.TEXT, value=lambda one: one.voucher.reference),
        Column(
            "cluster",
            _("Cluster"),
            kind=Kind.TEXT,
            value=lambda one: one.voucher.award.application.cluster_name,
        ),
        Column("country", _("Country"), value=lambda one: one.voucher.award.application.country_id),
        Column("milestone", _("Milestone"), kind=Kind.TEXT, value=lambda one: one.milestone.title),
        Column("day", _("Day"), kind=Kind.DAY, value=lambda one: one.day),
        Column("hours", _("Hours"), kind=Kind.NUMBER, value=lambda one: one.hours),
        Column("days", _("Days of expertise"), kind=Kind.NUMBER, value=lambda one: one.days),
        Column("expert", _("Expert"), kind=Kind.TEXT, value=lambda one: one.expert_name),
        Column("activity", _("What was done"), kind=Kind.TEXT, value=lambda one: one.activity),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(Session.State.choices),
        ),
    )

    def records(self) -> QuerySet[Session]:
        return all_sessions_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[Session]) -> QuerySet[Session]:
        return with_facts(records)

    def offered(self) -> Mapping[str, Any]:
        return _calls_and_countries(self.request)


def _calls_and_countries(request: PersonRequest) -> dict[str, Any]:
    return {
        "call": several(call_choices(request.user).items()),
        "country": several(countries_reached_by(request.user).items()),
    }


@login_required
def milestones(request: PersonRequest) -> HttpResponseBase:
    """The milestones of all vouchers that the person may read, by the filters in the address."""
    return MilestoneList(request).answer()


@login_required
def sessions(request: PersonRequest) -> HttpResponseBase:
    """The sessions of all vouchers that the person may read, by the filters in the address."""
    return AllSessions(request).answer()
