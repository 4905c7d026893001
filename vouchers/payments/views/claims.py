"""The list of claims, one claim, and the claiming of a milestone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.queries.history import timeline
from conduct.views import refusal_beside
from documents.queries import documents_about
from files.views.serving import private_file
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.plans.queries import milestones_visible_to
from vouchers.payments import actions, queries
from vouchers.payments.forms.claims import ClaimForm, typed_before
from vouchers.payments.models import DONE_WITH, PaymentOrder
from vouchers.payments.permissions import (
    may_approve_claim,
    may_compare_claims,
    may_read_orders,
    may_return_claim,
    may_reverse_approval,
    may_share_invoice,
    may_submit_claim,
    may_verify_claim,
    may_withdraw_claim,
)
from vouchers.payments.steps import claim_step
from vouchers.providers.queries import account_of_provider

from .finding import found_claim, in_state
from .lists import ClaimList

# The button that shows the euro without sending.
LOOK = "look"


@login_required
def listing(request: PersonRequest) -> HttpResponseBase:
    """The claims that the person may read, narrowed by what is in the address."""
    return ClaimList(request).answer()


@login_required
def submit(request: PersonRequest, pk: int) -> HttpResponse:
    """Claim the payment of a provider's invoice; its euro are shown before it is sent."""
    milestone = _milestone(request, pk)
    last = queries.last_of_milestone(milestone)
    looking = LOOK in request.POST
    form = ClaimForm(
        request.POST or None,
        request.FILES or None,
        initial=typed_before(last),
        looking=looking,
    )
    worth = None
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            typed = form.cleaned_data
            # What was shown and is sent along; another amount, or none, is shown first.
            seen = request.POST.get("seen")
            worth = actions.worth_of(
                milestone, typed["currency"], typed["currency_amount"], typed["invoice_date"]
            )
            if not looking and (worth.rate is None or seen == str(worth.amount)):
                claim = actions.submit_claim(milestone, by=request.user, **typed)
                messages.success(request, _("The claim is with your country partner."))
                return redirect(claim)
    context = {
        "form": form,
        "milestone": milestone,
        "voucher": milestone.plan.voucher,
        "last": last,
        "worth": worth,
        "must_look": worth is not None and not looking and not form.errors,
    }
    return render(request, "payments/submit.html", context)


@login_required
def worth(request: PersonRequest, pk: int) -> HttpResponse:
    """What an invoice would come to in euro, as a piece of the form: nothing is written."""
    milestone = _milestone(request, pk)
    form = ClaimForm(request.GET, looking=True)
    found = None
    form.is_valid()
    wanted = ("currency", "currency_amount", "invoice_date")
    if all(name in form.cleaned_data for name in wanted):
        with refusal_beside(form):
            found = actions.worth_of(milestone, *(form.cleaned_data[name] for name in wanted))
    # What is not typed yet is no mistake.
    told = [name for name in wanted if request.GET.get(name)]
    refusals = [
        problem for name in (*told, NON_FIELD_ERRORS) for problem in form.errors.get(name, [])
    ]
    return render(request, "payments/_worth.html", {"worth": found, "refusals": refusals})


@login_required
def claim(request: PersonRequest, pk: int) -> HttpResponse:
    """One claim: invoice, delivery, money, and the button of whoever's turn it is."""
    found = found_claim(request, pk)
    user = request.user
    order = queries.order_of(found)
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
            "may_verify": in_state(found, "SUBMITTED") and may_verify_claim.test(user, found),
            "may_approve": in_state(found, "VERIFIED") and may_approve_claim.test(user, found),
            "may_return": may_return_claim.test(user, found),
            "may_withdraw": in_state(found, "SUBMITTED") and may_withdraw_claim.test(user, found),
            "may_share": found.state not in DONE_WITH
            and found.shared_at is None
            and found.currency_amount < found.invoice_total
            and may_share_invoice.test(user, found),
            "may_compare": may_compare_claims.test(user),
            "like": queries.like_claims(found, user),
            "account": account_of_provider(found.provider)
            if may_compare_claims.test(user)
            else None,
            "may_reverse": in_state(found, "APPROVED")
            and (order is None or order.state not in PaymentOrder.STANDING)
            and may_reverse_approval.test(user, found),
            "people": queries.people_of(found),
            "documents": documents_about(*papers),
            "entries": timeline(*papers),
        },
    )


@login_required
def invoice(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The invoice of a claim, to those who may read the voucher."""
    found = found_claim(request, pk)
    return private_file(
        request,
        found.invoice,
        name=found.invoice_name,
        content_type=found.invoice_content_type,
        sha256=found.invoice_sha256,
    )


@login_required
@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a claim back before it is verified."""
    found = actions.withdraw_claim(found_claim(request, pk), by=request.user)
    messages.success(request, _("The claim is withdrawn. You can claim the milestone anew."))
    return redirect(found)


def _milestone(request: PersonRequest, pk: int) -> Milestone:
    milestone = get_object_or_404(milestones_visible_to(request.user), pk=pk)
    require(
        may_submit_claim,
        request.user,
        milestone.plan.voucher,
        otherwise=_("Only a manager of the cluster can claim."),
    )
    return milestone
