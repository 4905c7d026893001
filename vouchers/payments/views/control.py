"""The buttons of those who approve, return and reject."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.forms import SEEN
from conduct.views import ask_why
from vouchers.payments import actions
from vouchers.payments.models import Claim
from vouchers.payments.permissions import may_return_claim, may_reverse_approval, may_share_invoice

from .finding import found_claim, found_invoice


@login_required
@require_POST
def approve(request: PersonRequest, pk: int) -> HttpResponse:
    """Approve a claim: with the last approval what is eligible is taken from the voucher."""
    seen = request.POST.get(SEEN, "")
    found = actions.approve_claim(found_claim(request, pk), by=request.user, seen=seen)
    if found.state == Claim.State.VERIFIED:
        messages.success(
            request, _("Approved by you. This sum needs somebody else’s approval as well.")
        )
    else:
        messages.success(request, _("Approved. A finance officer pays it next, in a batch."))
    return redirect(found)


@login_required
def give_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a claim back to the cluster."""
    found = found_claim(request, pk)
    if request.method == "GET":  # What is sent is judged by the action, on the row as it is then.
        require(may_return_claim, request.user, found)
    return _with_reason(
        request,
        found,
        lambda reason: actions.return_claim(
            found, reason=reason, by=request.user, seen=request.POST.get(SEEN, "")
        ),
        _("Return the claim"),
        seen=actions.mark_of(found),
    )


@login_required
def reject(request: PersonRequest, pk: int) -> HttpResponse:
    """Refuse a claim for good."""
    found = found_claim(request, pk)
    if request.method == "GET":  # What is sent is judged by the action, on the row as it is then.
        require(may_return_claim, request.user, found)
    return ask_why(
        request,
        lambda reason: actions.reject_claim(
            found, reason=reason, by=request.user, seen=request.POST.get(SEEN, "")
        ),
        about=found,
        heading=_("Reject the claim for good"),
        label=_("Reject the claim for good"),
        told=_("The claim is rejected, and the cluster is told."),
        back=found,
        hint=_(
            "Its invoices are never paid by a voucher. Where something can be mended, return the "
            "claim instead. The cluster reads the reason."
        ),
        seen=actions.mark_of(found),
    )


@login_required
def reverse(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an approval back by a counter-entry in the ledger."""
    found = found_claim(request, pk)
    if request.method == "GET":  # What is sent is judged by the action, on the row as it is then.
        require(may_reverse_approval, request.user, found)
    return _with_reason(
        request,
        found,
        lambda reason: actions.reverse_approval(found, reason=reason, by=request.user),
        _("Reverse the approval"),
    )


@login_required
def share(request: PersonRequest, pk: int) -> HttpResponse:
    """Allow another claim of an invoice."""
    found = found_invoice(request, pk)
    require(may_share_invoice, request.user, found)
    return ask_why(
        request,
        lambda reason: actions.share_invoice(found, reason=reason, by=request.user),
        about=found,
        heading=_("Allow another claim of the invoice"),
        label=_("Allow"),
        told=_("The cluster can claim what is left of the invoice."),
        back=found.claim,
        hint=_(
            "Everybody who decides on a claim of this invoice reads the reason. All claims together "
            "are never more than the invoice."
        ),
    )


def _with_reason(
    request: HttpRequest,
    claim: Claim,
    conduct: Callable[[str], Claim],
    heading: str,
    *,
    seen: str | None = None,
) -> HttpResponse:
    return ask_why(
        request,
        conduct,
        about=claim,
        heading=heading,
        label=heading,
        told=_("The claim is back with the cluster."),
        back=claim,
        seen=seen,
    )
