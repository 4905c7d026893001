"""The list of a voucher's sessions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from operator import attrgetter

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order
from vouchers.assistance.delivery import queries
from vouchers.assistance.delivery.forms.lists import SessionFilters
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.models.sessions import LoggedFor
from vouchers.assistance.delivery.permissions import may_log_session
from vouchers.awards.models import Voucher
from vouchers.calls.models.terms.counting import COUNTED

from .finding import found_voucher


class SessionsOfVoucher(ListPage):
    """The sessions of one voucher."""

    request: PersonRequest

    name = "sessions"
    title = pgettext_lazy("of technical assistance", "Sessions")
    template = "delivery/list.html"
    filter_class = SessionFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-day",)),
        "oldest": Order(_("Oldest first"), ("day",)),
        "hours": Order(_("Longest first"), ("-hours",)),
        "expert": Order(_("Name of the expert"), ("expert_name",)),
    }
    # What the call counts has its columns where `columns` says.
    _before_counts: tuple[Column, ...] = (
        Column("voucher", _("Voucher"), kind=Kind.TEXT, value=lambda one: one.voucher.reference),
        Column("day", _("Day"), kind=Kind.DAY, value=lambda one: one.day),
        Column("milestone", _("Milestone"), kind=Kind.TEXT, value=lambda one: one.milestone.title),
        Column("hours", _("Hours"), kind=Kind.NUMBER, value=lambda one: one.hours),
        Column("days", _("Days of expertise"), kind=Kind.NUMBER, value=lambda one: one.days),
        Column("expert", _("Expert"), kind=Kind.TEXT, value=lambda one: one.expert_name),
        Column(
            "expert_email",
            _("E-mail address of the expert"),
            kind=Kind.TEXT,
            value=lambda one: one.expert_email,
        ),
        Column("provider", _("Provider"), kind=Kind.TEXT, value=lambda one: one.provider.name),
        Column("activity", _("What was done"), kind=Kind.TEXT, value=lambda one: one.activity),
        Column("place", _("Place"), kind=Kind.TEXT, value=lambda one: one.place),
        Column("online", _("Online"), kind=Kind.YES_NO, value=lambda one: one.is_online),
        Column(
            "participants", _("Participants"), kind=Kind.NUMBER, value=lambda one: one.participants
        ),
    )
    _after_counts: tuple[Column, ...] = (
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(Session.State.choices),
        ),
        Column("logged_by", _("Logged by"), kind=Kind.TEXT, value=lambda one: str(one.who_logged)),
        Column(
            "logged_for",
            _("Logged for"),
            kind=Kind.STATE,
            value=lambda one: one.logged_for,
            words=dict(LoggedFor.choices),
        ),
        Column("logged_at", _("Logged (UTC)"), kind=Kind.MOMENT, value=lambda one: one.logged_at),
        Column(
            "confirmed_by",
            _("Confirmed by"),
            kind=Kind.TEXT,
            value=lambda one: str(one.confirmed_by or ""),
        ),
        Column(
            "confirmed_at",
            _("Confirmed (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.confirmed_at,
        ),
        Column("notes", _("Notes"), kind=Kind.TEXT, value=lambda one: one.notes),
    )

    def __init__(self, request: PersonRequest, pk: int) -> None:
        super().__init__(request)
        self.pk = pk

    @cached_property
    def voucher(self) -> Voucher:
        """Whose sessions they are."""
        return found_voucher(self.request, self.pk)

    @property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        """The columns of its file: of the counts those that the call asks for."""
        counts = [
            Column(name, COUNTED[name], kind=Kind.NUMBER, value=attrgetter(name))
            for name in self.voucher.award.application.call.counted
        ]
        return (*self._before_counts, *counts, *self._after_counts)

    def records(self) -> QuerySet[Session]:
        # Who finds the voucher reads its sessions: they are not looked for among all again.
        return self.voucher.sessions.all()

    def with_facts(self, records: QuerySet[Session]) -> QuerySet[Session]:
        return queries.with_facts(records)


@login_required
def sessions(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The sessions of a voucher, narrowed by the filters in the address, or as a file."""
    page = SessionsOfVoucher(request, pk)
    voucher = page.voucher
    may_log = voucher.state == Voucher.State.ACTIVE and may_log_session.test(request.user, voucher)
    return page.answer(voucher=voucher, may_log=may_log)
