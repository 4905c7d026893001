"""The lists of payment batches and of bank profiles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.middleware import PersonRequest
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order
from vouchers.payments.batches import queries
from vouchers.payments.batches.forms.batches import BatchFilters, ProfileFilters
from vouchers.payments.batches.models import BankProfile, PaymentBatch
from vouchers.payments.batches.permissions import (
    may_enter_profile,
    may_propose_batch,
    may_read_batches,
)
from vouchers.payments.batches.steps import batch_steps, waits_since


class BatchList(ListPage):
    """Every payment batch, with its state, whose turn it is and since when."""

    request: PersonRequest

    name = "payment-batches"
    title = _("Payment batches")
    template = "payments/batches/list.html"
    filter_class = BatchFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-proposed_at",)),
        "oldest": Order(_("Oldest first"), ("proposed_at",)),
        "amount": Order(_("Largest sum first"), ("-total",)),
    }
    columns = (
        Column("reference", _("Reference"), kind=Kind.TEXT, value=lambda one: one.reference),
        Column("paid_from", _("Paid from"), kind=Kind.TEXT, value=lambda one: one.profile.name),
        Column("payments", _("Payments"), kind=Kind.NUMBER, value=lambda one: one.count),
        Column("total", _("Sum (EUR)"), kind=Kind.MONEY, value=lambda one: one.total),
        Column(
            "execution_on", _("To be paid on"), kind=Kind.DAY, value=lambda one: one.execution_on
        ),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(PaymentBatch.State.choices),
        ),
        Column(
            "proposed_by", _("Proposed by"), kind=Kind.TEXT, value=lambda one: str(one.proposed_by)
        ),
        Column(
            "proposed_at", _("Proposed (UTC)"), kind=Kind.MOMENT, value=lambda one: one.proposed_at
        ),
        Column(
            "exported_at", _("Exported (UTC)"), kind=Kind.MOMENT, value=lambda one: one.exported_at
        ),
        Column("waits_since", _("Waits since (UTC)"), kind=Kind.MOMENT, value=waits_since),
    )

    def records(self) -> QuerySet[PaymentBatch]:
        if not may_read_batches.test(self.request.user):
            raise Http404
        return queries.batches_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[PaymentBatch]) -> QuerySet[PaymentBatch]:
        return records.select_related("profile", "proposed_by")

    def context(self) -> dict[str, Any]:
        context = super().context()
        user = self.request.user
        shown = list(context["page"])
        for batch, step in zip(shown, batch_steps(shown, user), strict=True):
            batch.step, batch.since = step, waits_since(batch)
        return {
            **context,
            "may_propose": may_propose_batch.test(user),
            "to_pay": queries.claims_to_pay(user).count(),
        }


class ProfileList(ListPage):
    """The accounts that the programme pays from, those that were replaced too."""

    request: PersonRequest

    name = "bank-profiles"
    title = _("Bank profiles")
    template = "payments/batches/profiles.html"
    filter_class = ProfileFilters
    orders: Mapping[str, Order] = {"name": Order(_("By name"), ("name", "-entered_at"))}
    columns = (
        Column("name", _("Name"), kind=Kind.TEXT, value=lambda one: one.name),
        Column("holder", _("Account holder"), kind=Kind.TEXT, value=lambda one: one.debtor_name),
        Column("account", _("Account"), kind=Kind.TEXT, value=lambda one: one.masked),
        Column("country", _("Country"), value=lambda one: one.country),
        Column("version", _("Version of the message"), value=lambda one: one.version),
        Column(
            "verified_at", _("Verified (UTC)"), kind=Kind.MOMENT, value=lambda one: one.verified_at
        ),
        Column(
            "replaced_at", _("Replaced (UTC)"), kind=Kind.MOMENT, value=lambda one: one.replaced_at
        ),
    )

    def records(self) -> QuerySet[BankProfile]:
        if not may_read_batches.test(self.request.user):
            raise Http404
        return queries.profiles_visible_to(self.request.user)

    def context(self) -> dict[str, Any]:
        return {**super().context(), "may_enter": may_enter_profile.test(self.request.user)}
