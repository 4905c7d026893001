"""The list of claims, and one claim."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.queries.history import timeline
from documents.queries import documents_about
from vouchers.awards.queries.countersigning import signed_agreement
from vouchers.payments import actions, queries
from vouchers.payments.claims.panels import invoices_panel
from vouchers.payments.claims.queries import checks_on
from vouchers.payments.control.panels import separations_panel
from vouchers.payments.control.queries import controls_of, evidence_of
from vouchers.payments.models import DONE_WITH, TO_CONTROL, Claim, PaymentOrder
from vouchers.payments.permissions import (
    is_officer_for_claim,
    may_approve_claim,
    may_compare_claims,
    may_decide_on_parked,
    may_read_orders,
    may_return_claim,
    may_reverse_approval,
    may_send_back,
    may_verify_claim,
    may_withdraw_claim,
)
from vouchers.payments.steps import claim_step

from .finding import found_claim, found_whole_claim, in_state
from .lists import ClaimList

_APPROVED = (Claim.State.APPROVED, Claim.State.ORDERED, Claim.State.PAID)


@login_required
def listing(request: PersonRequest) -> HttpResponseBase:
    """The claims that the person may read, narrowed by what is in the address."""
    return ClaimList(request).answer()


@login_required
def claim(request: PersonRequest, pk: int) -> HttpResponse:
    """One claim: invoices with their lines, checks, money, and the button of whoever's turn it is."""
    found = found_whole_claim(request, pk)
    user = request.user
    order = queries.order_of(found)
    may_read_order = may_read_orders.test(user)
    lines = queries.lines_of(found)
    invoices = invoices_panel(lines)
    account = queries.account_for(found)
    agreement = signed_agreement(found.voucher.award) if in_state(found, "VERIFIED") else None
    compares = may_compare_claims.test(user)
    evidence = evidence_of(found, lines) if compares else None
    controls = controls_of(found)
    papers = [found, *(one.invoice for one in invoices)]
    papers += [order] if order and may_read_order else []
    return render(
        request,
        "payments/claim.html",
        {
            "claim": found,
            "voucher": found.voucher,
            "order": order if may_read_order else None,
            "may_read_ceiling": may_read_order,
            "mark": actions.mark_of(found),
            "step": claim_step(found, user, agreement=agreement, last_order=order),
            "may_verify": found.state in TO_CONTROL and may_verify_claim.test(user, found),
            "may_approve": in_state(found, "VERIFIED")
            and may_approve_claim.test(user, found)
            and not (agreement is not None and agreement.waits),
            "may_send_back": in_state(found, "VERIFIED")
            and found.continues_id is None
            and may_send_back.test(user, found),
            "may_return": may_return_claim.test(user, found),
            "may_withdraw": in_state(found, "SUBMITTED") and may_withdraw_claim.test(user, found),
            "may_share": found.state not in DONE_WITH and is_officer_for_claim.test(user, found),
            "invoices": invoices,
            "checks": checks_on(found, lines, account, evidence.versions if evidence else None),
            "earlier": [] if compares else queries.earlier_claims(found),
            "may_compare": compares,
            "like": queries.like_claims(found, user, lines),
            "account": account if compares else None,
            "account_url": queries.payee_of(found).account_url,
            "final_rates": queries.final_rates_of(found, lines),
            "final_later": queries.is_final_later(found, lines),
            "rate_rule": found.voucher.award.application.call.get_rate_month_rule_display(),
            "may_reverse": in_state(found, "APPROVED")
            and (order is None or order.state not in PaymentOrder.STANDING)
            and may_reverse_approval.test(user, found),
            "separations": separations_panel(found, user),
            "controls": controls,
            "may_decide_on_parked": found.parked > 0
            and found.state in _APPROVED
            and may_decide_on_parked.test(user, found),
            "evidence": evidence,
            "documents": documents_about(*papers),
            "entries": timeline(
                *papers, at_hand=[*(one.control for one in controls), *filter(None, [found.policy])]
            ),
        },
    )


@login_required
@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a claim back before it is verified."""
    found = actions.withdraw_claim(found_claim(request, pk), by=request.user)
    messages.success(request, _("The claim is withdrawn. You can send it again, changed or not."))
    return redirect(found)
