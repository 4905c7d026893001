"""A receipt for those who read it: what the payee said, its link, and how finance settled it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.forms import carry_seen
from conduct.queries.history import timeline
from conduct.views import refusal_beside
from vouchers.payments.models import PaymentOrder
from vouchers.payments.queries import payee_of
from vouchers.payments.receipts import actions, queries
from vouchers.payments.receipts.forms.staff import ReceiptLinkForm, SettlementForm
from vouchers.payments.receipts.models import Receipt
from vouchers.payments.receipts.permissions import (
    may_end_receipt_link,
    may_send_receipt_link,
    may_settle_receipt,
)
from vouchers.payments.receipts.steps import receipt_step, waits_since


@login_required
@require_safe
def receipt(request: PersonRequest, pk: int) -> HttpResponse:
    """What was answered, newest first, who has the link, and the next step."""
    found = _found(request, pk)
    link = queries.standing_link_of(found)
    user = request.user
    is_open = found.state != Receipt.State.SETTLED and found.order.state == PaymentOrder.State.PAID
    context = {
        "receipt": found,
        "order": found.order,
        "voucher": found.order.claim.voucher,
        "answers": queries.answers_of(found),
        "mark": actions.mark_of_answers(found),
        "receipt_link": link,
        "step": receipt_step(found, link, user),
        "since": waits_since(found),
        "may_send": is_open and may_send_receipt_link.test(user, found),
        "may_withdraw": link is not None
        and link.is_open
        and may_send_receipt_link.test(user, found),
        "may_settle": found.state == Receipt.State.DISPUTED
        and may_settle_receipt.test(user, found),
        "entries": timeline(found, *found.links.all()),
    }
    return render(request, "receipts/receipt.html", context)


@login_required
def send(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the payee a link, the first time or anew."""
    found = _found(request, pk)
    require(may_send_receipt_link, request.user, found)
    form = ReceiptLinkForm(request.POST or None, initial=_known(found))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.send_receipt_link(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("The link is on its way to the payee."))
            return redirect(found)
    context = {
        "form": form,
        "about": found,
        "heading": _("Ask the payee"),
        "label": _("Send the link"),
        "text": _(
            "It works for thirty days; one that was sent before opens nothing any more. Write to an "
            "address that you know of, not to one that somebody has just told you."
        ),
    }
    return render(request, "payments/ask.html", context)


@login_required
def settle(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down how it was settled."""
    found = _found(request, pk)
    require(may_settle_receipt, request.user, found)
    form = SettlementForm(request.POST or None)
    carry_seen(form, request, actions.mark_of_answers(found))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.settle_receipt(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is written down how it was settled."))
            return redirect(found)
    context = {
        "form": form,
        "about": found,
        "heading": _("How it was settled"),
        "label": _("Settle it"),
        "text": _("Once it is settled, the payee can answer no more."),
    }
    return render(request, "payments/ask.html", context)


@login_required
@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """End a link (`pk`) at once."""
    link = get_object_or_404(queries.receipt_links_visible_to(request.user), pk=pk)
    require(may_end_receipt_link, request.user, link)
    actions.withdraw_receipt_link(link, by=request.user)
    messages.success(request, _("The link is withdrawn: it opens nothing any more."))
    return redirect(link.receipt)


def _known(receipt: Receipt) -> dict[str, str]:
    """Who had the last link, else whom the register names."""
    last = queries.standing_link_of(receipt)
    if last is not None:
        return {"name": last.name, "email": last.email, "language": last.language}
    claim = receipt.order.claim
    return {
        "name": payee_of(claim).contact,
        "email": payee_of(claim).email,
        "language": claim.voucher.award.application.language,
    }


def _found(request: PersonRequest, pk: int) -> Receipt:
    """The receipt, for staff who may read its voucher; 404 for everybody else."""
    visible = queries.with_facts(queries.receipts_visible_to(request.user))
    return get_object_or_404(visible, pk=pk)
