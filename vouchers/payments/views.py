"""Claims from the invoice to the bank's reference, rates, and the closing of a voucher."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.queries import documents_about
from files.serving import private_file
from records.acting import require
from records.history import timeline
from records.views import ask_why, refusal_beside
from vouchers.assistance.queries import milestones_visible_to, report_of
from vouchers.awards.queries import vouchers_visible_to

from . import actions, queries
from .forms import ClaimFilter, ClaimForm, PaymentForm, RateForm
from .models import Claim, PaymentOrder
from .permissions import (
    may_approve_claim,
    may_enter_rates,
    may_order_payment,
    may_read_orders,
    may_record_payment,
    may_return_claim,
    may_reverse_approval,
    may_submit_claim,
    may_verify_claim,
)
from .steps import claim_step

ROWS = 20


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The claims that the person may read, narrowed by what stands in the address."""
    filters = ClaimFilter(request.GET)
    found = queries.claims_visible_to(request.user)
    if filters.is_valid() and filters.cleaned_data["state"]:
        found = found.filter(state=filters.cleaned_data["state"])
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
    found = _claim(request, pk)
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
            "form": PaymentForm() if _may_record(request, found) else None,
            "may_verify": _in(found, "SUBMITTED") and may_verify_claim.test(user, found),
            "may_approve": _in(found, "VERIFIED") and may_approve_claim.test(user, found),
            "may_order": _in(found, "APPROVED") and may_order_payment.test(user, found),
            "may_return": may_return_claim.test(user, found),
            "may_reverse": _in(found, "APPROVED") and may_reverse_approval.test(user, found),
            "people": queries.people_of(found),
            "documents": documents_about(*papers),
            "entries": timeline(*papers),
        },
    )


@login_required
def invoice(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The invoice of a claim, to those who may read the voucher."""
    found = _claim(request, pk)
    return private_file(
        request,
        found.invoice,
        name=found.invoice_name,
        content_type=found.invoice_content_type,
        sha256=found.invoice_sha256,
    )


@login_required
@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm invoice and delivery for the country partner."""
    found = actions.verify_claim(_claim(request, pk), by=request.user)
    messages.success(request, _("Verified. A coordinator approves next."))
    return redirect(found)


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a claim: its amount is taken from the voucher."""
    found = actions.approve_claim(_claim(request, pk), by=request.user)
    messages.success(request, _("Approved. A finance officer orders the payment next."))
    return redirect(found)


@login_required
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a claim back to the cluster."""
    found = _claim(request, pk)
    require(may_return_claim, request.user, found)
    return _with_reason(request, found, actions.return_claim, _("Give the claim back"))


@login_required
def reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an approval back by a counter-entry in the ledger."""
    found = _claim(request, pk)
    require(may_reverse_approval, request.user, found)
    return _with_reason(request, found, actions.reverse_approval, _("Reverse the approval"))


@login_required
@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the bank to pay a claim."""
    found = _claim(request, pk)
    actions.order_payment(found, by=request.user)
    messages.success(request, _("Ordered. The disbursement order is being made as a PDF."))
    return redirect(found)


@login_required
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the bank paid on an order; errors stand beside the fields on the claim's page."""
    found = _claim(request, pk)
    require(may_record_payment, request.user, found)
    payment_order = get_object_or_404(PaymentOrder, claim=found)
    form = PaymentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.record_payment(payment_order, by=request.user, **form.cleaned_data)
            messages.success(request, _("The payment is recorded, and the cluster is told."))
            return redirect(found)
    context = {"form": form, "claim": found, "order": payment_order}
    return render(request, "payments/record.html", context)


@login_required
def orders(request: HttpRequest) -> HttpResponse:
    """Every payment order, newest first."""
    if not may_read_orders.test(request.user):
        raise Http404
    page = Paginator(queries.orders_visible_to(request.user), ROWS).get_page(
        request.GET.get("page")
    )
    may_enter = may_enter_rates.test(request.user)
    return render(request, "payments/orders.html", {"page": page, "may_enter_rates": may_enter})


@login_required
def rates(request: HttpRequest) -> HttpResponse:
    """The monthly accounting rates, and a form for another."""
    if not may_read_orders.test(request.user):
        raise Http404
    may_enter = may_enter_rates.test(request.user)
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.enter_rate(by=request.user, **form.cleaned_data)
            messages.success(request, _("The rate is entered."))
            return redirect("payments:rates")
    page = Paginator(queries.rates(), ROWS).get_page(request.GET.get("page"))
    return render(
        request, "payments/rates.html", {"page": page, "form": form if may_enter else None}
    )


@login_required
@require_POST
def accept_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the final report of a voucher (`pk`) and close it."""
    voucher = get_object_or_404(vouchers_visible_to(request.user), pk=pk)
    report = report_of(voucher)
    if report is None:
        raise Http404
    actions.accept_report(report, by=request.user)
    messages.success(request, _("The voucher is closed. The certificate is being made."))
    return redirect(voucher)


def _claim(request: HttpRequest, pk: int) -> Claim:
    return get_object_or_404(queries.claims_visible_to(request.user), pk=pk)


def _in(claim: Claim, state: str) -> bool:
    return claim.state == Claim.State[state]


def _may_record(request: HttpRequest, claim: Claim) -> bool:
    return _in(claim, "ORDERED") and may_record_payment.test(request.user, claim)


def _with_reason(
    request: HttpRequest, claim: Claim, action: Callable[..., Claim], heading: str
) -> HttpResponse:
    return ask_why(
        request,
        lambda reason: action(claim, reason=reason, by=request.user),
        about=claim,
        heading=heading,
        label=heading,
        told=_("The claim is back with the cluster."),
        back=claim,
    )
