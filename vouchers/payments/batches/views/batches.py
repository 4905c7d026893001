"""The list of batches, one batch, its signatures and its file."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from accounts.models import User
from conduct.queries.history import timeline
from documents.queries import documents_about
from vouchers.payments.batches import actions, queries
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.batches.permissions import (
    may_acknowledge_batch,
    may_authorise_batch,
    may_cancel_batch,
    may_export_batch,
    may_return_payment,
)
from vouchers.payments.batches.steps import batch_step, waits_since
from vouchers.payments.models import PaymentOrder
from vouchers.payments.permissions import may_record_payment

from .finding import found_batch
from .lists import BatchList

_PAYMENTS_OF_A_PAGE = 50
_State = PaymentBatch.State
_BEFORE = (_State.PROPOSED, _State.AUTHORISED)


@dataclass(frozen=True)
class PaymentRow:
    """A payment as its page shows it: what the reader may do with it, and what stands against it."""

    payment: PaymentOrder
    may_record: bool
    may_return: bool
    blockers: list[queries.Blocker]


@login_required
@require_safe
def listing(request: PersonRequest) -> HttpResponseBase:
    """Every batch, with its state, whose turn it is and since when."""
    return BatchList(request).answer()


@login_required
@require_safe
@never_cache
def batch(request: PersonRequest, pk: int) -> HttpResponse:
    """One batch: its payments, who did what, the next step, the file and the paper."""
    found = found_batch(request, pk)
    user = request.user
    page = Paginator(queries.payments_of(found, user), _PAYMENTS_OF_A_PAGE).get_page(
        request.GET.get("page")
    )
    rows = [_row(payment, found, user) for payment in page]
    return render(
        request,
        "payments/batches/batch.html",
        {
            "batch": found,
            "page": page,
            "rows": rows,
            "step": batch_step(found, user),
            "since": waits_since(found),
            "people": [
                (_("proposed by"), found.proposed_by, found.proposed_at),
                (_("authorised by"), found.first_by, found.first_at),
                (_("authorised as the second by"), found.second_by, found.second_at),
                (_("exported by"), found.exported_by, found.exported_at),
                (_("acknowledgement noted by"), found.acknowledged_by, found.acknowledged_at),
                (_("cancelled by"), found.cancelled_by, found.cancelled_at),
            ],
            "file": queries.content_of(found),
            "may_authorise": found.state == _State.PROPOSED
            and may_authorise_batch.test(user, found),
            "may_export": found.state == _State.AUTHORISED and may_export_batch.test(user, found),
            "may_acknowledge": found.state == _State.EXPORTED
            and may_acknowledge_batch.test(user, found),
            "may_cancel": found.state in (*_BEFORE, *PaymentBatch.OUTSIDE)
            and may_cancel_batch.test(user, found),
            "documents": documents_about(found),
            "entries": timeline(found),
        },
    )


def _row(payment: PaymentOrder, batch: PaymentBatch, user: User) -> PaymentRow:
    is_outside = payment.state == PaymentOrder.State.SENT
    may_come_back = is_outside or payment.state == PaymentOrder.State.PAID
    return PaymentRow(
        payment,
        may_record=is_outside and may_record_payment.test(user, payment),
        may_return=may_come_back and may_return_payment.test(user, payment),
        blockers=queries.blockers_of(payment, batch.profile) if batch.state in _BEFORE else [],
    )


@login_required
@require_POST
def authorise(request: PersonRequest, pk: int) -> HttpResponse:
    """Sign a batch as one of two."""
    found = actions.authorise_batch(found_batch(request, pk), by=request.user)
    if found.state == _State.AUTHORISED:
        messages.success(request, _("Authorised by two. A finance officer makes the file next."))
    else:
        messages.success(request, _("Authorised. A second person authorises next."))
    return redirect(found)


@login_required
@require_POST
def export(request: PersonRequest, pk: int) -> HttpResponse:
    """Make the file of a batch."""
    found = actions.export_batch(found_batch(request, pk), by=request.user)
    messages.success(request, _("The file is made: download it, and hand it over to the bank."))
    return redirect(found)


@login_required
@require_safe
@never_cache
def file(request: PersonRequest, pk: int) -> HttpResponse:
    """The file of a batch, the same bytes each time."""
    found = found_batch(request, pk)
    made = queries.content_of(found)
    if made is None:
        raise Http404
    return HttpResponse(
        made.content.encode(),
        content_type="application/xml",
        headers={
            "Content-Disposition": f'attachment; filename="{found.reference}.xml"',
            "X-Content-Type-Options": "nosniff",
        },
    )
