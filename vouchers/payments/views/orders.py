"""Payment orders and what the bank paid."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.payments import actions
from vouchers.payments.forms.orders import PaymentForm
from vouchers.payments.models import Claim
from vouchers.payments.permissions import may_record_payment
from vouchers.payments.queries import order_of

from .finding import found_claim, in_state
from .lists import OrderList


@login_required
@require_POST
def order(request: PersonRequest, pk: int) -> HttpResponse:
    """Order the bank to pay a claim."""
    found = found_claim(request, pk)
    actions.order_payment(found, by=request.user)
    messages.success(request, _("Ordered. The disbursement order is being made as a PDF."))
    return redirect(found)


@login_required
def record(request: PersonRequest, pk: int) -> HttpResponse:
    """Record what the bank paid on an order; errors stand beside the fields on the claim's page."""
    found = found_claim(request, pk)
    require(may_record_payment, request.user, found)
    payment_order = order_of(found)
    if payment_order is None:
        raise Http404
    form = PaymentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.record_payment(payment_order, by=request.user, **form.cleaned_data)
            messages.success(request, _("The payment is recorded, and the cluster is told."))
            return redirect(found)
    context = {"form": form, "claim": found, "order": payment_order}
    return render(request, "payments/record.html", context)


@login_required
def orders(request: PersonRequest) -> HttpResponseBase:
    """Every payment order, newest first, narrowed by what stands in the address."""
    return OrderList(request).answer()


def may_record(request: HttpRequest, claim: Claim) -> bool:
    """Whether it is this person's turn to record what the bank paid."""
    return in_state(claim, "ORDERED") and may_record_payment.test(request.user, claim)
