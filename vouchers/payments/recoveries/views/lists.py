"""The corrections after audit that a person may read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from clusters.queries import countries_reached_by
from exports.rules.columns import Column, Kind
from lists.forms import several
from lists.views import ListPage, Order
from vouchers.payments.queries import payee_of
from vouchers.payments.recoveries import queries
from vouchers.payments.recoveries.forms.lists import CorrectionFilters
from vouchers.payments.recoveries.models import AuditBody, Correction
from vouchers.payments.recoveries.permissions import may_read_corrections
from vouchers.payments.recoveries.steps import correction_step, is_overdue


class CorrectionList(ListPage):
    """Corrections with what was recovered, what is open, and by when."""

    request: PersonRequest

    name = "corrections"
    title = _("Corrections after audit")
    template = "recoveries/list.html"
    filter_class = CorrectionFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-proposed_at",)),
        "oldest": Order(_("Oldest first"), ("proposed_at",)),
        "amount": Order(_("Largest amount first"), ("-amount",)),
    }
    columns = (
        Column("reference", _("Reference"), kind=Kind.TEXT, value=lambda one: one.reference),
        Column(
            "voucher", _("Voucher"), kind=Kind.TEXT, value=lambda one: one.claim.voucher.reference
        ),
        Column("payee", _("Payee"), kind=Kind.TEXT, value=lambda one: payee_of(one.claim).name),
        Column(
            "country",
            _("Country"),
            value=lambda one: one.claim.voucher.award.application.country_id,
        ),
        Column(
            "body",
            _("Who asks"),
            kind=Kind.STATE,
            value=lambda one: one.body,
            words=dict(AuditBody.choices),
        ),
        Column("letter", _("Their letter"), kind=Kind.TEXT, value=lambda one: one.letter),
        Column("amount", _("Amount (EUR)"), kind=Kind.MONEY, value=lambda one: one.amount),
        Column("recovered", _("Recovered (EUR)"), kind=Kind.MONEY, value=lambda one: one.recovered),
        Column("waived", _("Waived (EUR)"), kind=Kind.MONEY, value=lambda one: one.waived),
        Column(
            "open",
            pgettext_lazy("money", "Open (EUR)"),
            kind=Kind.MONEY,
            value=lambda one: one.rest,
        ),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(Correction.State.choices),
        ),
        Column("due_on", _("To be paid back by"), kind=Kind.DAY, value=lambda one: one.due_on),
        Column(
            "proposed_at", _("Proposed (UTC)"), kind=Kind.MOMENT, value=lambda one: one.proposed_at
        ),
    )

    def records(self) -> QuerySet[Correction]:
        if not may_read_corrections.test(self.request.user):
            raise Http404
        return queries.corrections_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[Correction]) -> QuerySet[Correction]:
        return queries.with_facts(records)

    def offered(self) -> Mapping[str, Any]:
        return {"country": several(countries_reached_by(self.request.user).items())}

    def context(self) -> dict[str, Any]:
        context = super().context()
        for one in context["page"]:
            one.step, one.is_overdue = correction_step(one, self.request.user), is_overdue(one)
        return context


@login_required
def corrections(request: PersonRequest) -> HttpResponseBase:
    """The corrections, narrowed by the filters in the address, or as a file."""
    return CorrectionList(request).answer()
