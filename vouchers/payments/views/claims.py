"""The list of claims, one claim, and the claiming of a milestone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from documents.queries import documents_about
from files.serving import private_file
from records.acting import require
from records.history import timeline
from records.views import refusal_beside
from vouchers.assistance.queries import milestones_visible_to
from vouchers.payments import actions, queries
from vouchers.payments.forms.claims import ClaimFilter, ClaimForm
from vouchers.payments.forms.orders import PaymentForm
from vouchers.payments.models import PaymentOrder
from vouchers.payments.permissions import (
    may_approve_claim,
    may_order_payment,
    may_read_orders,
    may_return_claim,
    may_reverse_approval,
    may_submit_claim,
    may_verify_claim,
)
from vouchers.payments.steps import claim_step

from .finding import found_claim, in_state
from .orders import may_record

ROWS = 20


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The claims that the person may read, narrowed by what stands in the address."""
    filters = ClaimFilter(request.GET)
    found = queries.claims_visible_to(request.user)
    if "state" in filters.chosen:
        found = found.filter(state=filters.chosen["state"])
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "payments/list.html", {"page": page, "filters": filters})


@login_required
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Claim the payment of a provider's invoice for a milestone."""
    milestone = get_object_or_404(milestones_visible_to(request.user), pk=pk)
    voucher = milestone.plan.voucher
    require(
        may_submit_claim,
        request.user,
        voucher,
        otherwise=_("Only a manager of the cluster can claim."),
    )
    form = ClaimForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            claim = actions.submit_claim(milestone, by=request.user, **form.cleaned_data)
            messages.success(request, _("The claim is with your country partner."))
            return redirect(claim)
    context = {"form": form, "milestone": milestone, "voucher": voucher}
    return render(request, "payments/submit.html", context)


@login_required
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim: invoice, delivery, money, and the button of whoever's turn it is."""
    found = found_claim(request, pk)
    user = request.user
    order = PaymentOrder.objects.filter(claim=found).first()
    may_read_order = may_read_orders.test(user)
    papers = [found, order] if order and may_read_order else [found]
    return render(
        request,
        "payments/claim.html",
        {
            "claim": found,
            "voucher": found.voucher,
            "order": order if may_read_order else None,
            "step": claim_step(found, user),
            "form": PaymentForm() if may_record(request, found) else None,
            "may_verify": in_state(found, "SUBMITTED") and may_verify_claim.test(user, found),
            "may_approve": in_state(found, "VERIFIED") and may_approve_claim.test(user, found),
            "may_order": in_state(found, "APPROVED") and may_order_payment.test(user, found),
            "may_return": may_return_claim.test(user, found),
            "may_reverse": in_state(found, "APPROVED") and may_reverse_approval.test(user, found),
            "people": queries.people_of(found),
            "documents": documents_about(*papers),
            "entries": timeline(*papers),
        },
    )


@login_required
def invoice(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The invoice of a claim, to those who may read the voucher."""
    found = found_claim(request, pk)
    return private_file(
        request,
        found.invoice,
        name=found.invoice_name,
        content_type=found.invoice_content_type,
        sha256=found.invoice_sha256,
    )
