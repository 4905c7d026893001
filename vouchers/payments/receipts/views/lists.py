"""The receipts that a person may read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.middleware import PersonRequest
from clusters.queries import countries_reached_by
from exports.rules.columns import Column, Kind
from lists.forms import several
from lists.views import ListPage, Order
from vouchers.payments.receipts import queries
from vouchers.payments.receipts.forms.lists import ReceiptFilters
from vouchers.payments.receipts.models import Receipt
from vouchers.payments.receipts.permissions import may_read_receipts
from vouchers.payments.receipts.steps import is_late, waits_since
from vouchers.payments.receipts.wording import newest_answer, newest_said


class ReceiptList(ListPage):
    """Receipts with what the payee said last, and since when they wait."""

    request: PersonRequest

    name = "receipts"
    title = _("Receipts of payees")
    template = "receipts/list.html"
    filter_class = ReceiptFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-asked_at",)),
        "oldest": Order(_("Oldest first"), ("asked_at",)),
    }
    columns = (
        Column("payment", _("Payment"), kind=Kind.TEXT, value=lambda one: one.order.reference),
        Column("payee", _("Payee"), kind=Kind.TEXT, value=lambda one: one.order.payee),
        Column(
            "country",
            _("Country"),
            value=lambda one: one.order.claim.voucher.award.application.country_id,
        ),
        Column("amount", _("Amount (EUR)"), kind=Kind.MONEY, value=lambda one: one.order.amount),
        Column("paid_on", _("Paid on"), kind=Kind.DAY, value=lambda one: one.order.paid_on),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(Receipt.State.choices),
        ),
        Column("answer", _("What the payee says"), kind=Kind.TEXT, value=newest_said, width=48),
        Column("asked_at", _("Asked (UTC)"), kind=Kind.MOMENT, value=lambda one: one.asked_at),
        Column("waits_since", _("Waits since (UTC)"), kind=Kind.MOMENT, value=waits_since),
        Column(
            "settled_how",
            _("How it was settled"),
            kind=Kind.TEXT,
            value=lambda one: one.settled_how,
        ),
    )

    def records(self) -> QuerySet[Receipt]:
        if not may_read_receipts.test(self.request.user):
            raise Http404
        return queries.receipts_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[Receipt]) -> QuerySet[Receipt]:
        return queries.with_facts(records)

    def offered(self) -> Mapping[str, Any]:
        return {"country": several(countries_reached_by(self.request.user).items())}

    def context(self) -> dict[str, Any]:
        context = super().context()
        for receipt in context["page"]:
            receipt.newest, receipt.since = newest_answer(receipt), waits_since(receipt)
            receipt.is_late = is_late(receipt)
        return context


@login_required
def receipts(request: PersonRequest) -> HttpResponseBase:
    """The receipts, narrowed by the filters in the address, or as a file."""
    return ReceiptList(request).answer()
