"""Choosing which claims are paid together."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.queries.days import today
from conduct.views import refusal_beside
from vouchers.payments.batches import actions, queries
from vouchers.payments.batches.forms.batches import ProposalForm
from vouchers.payments.batches.models import BankProfile
from vouchers.payments.batches.permissions import may_propose_batch
from vouchers.payments.batches.rules.days import next_bank_day
from vouchers.payments.permissions import may_order_payment

from .finding import require_reader

# More wait for the next batch: a page is read before it is signed.
CLAIMS_OF_A_PAGE = 200


@login_required
def propose(request: PersonRequest) -> HttpResponse:
    """What is to be paid today: each claim with what stands against it, and where that is mended."""
    user = request.user
    require_reader(user)
    require(may_propose_batch, user)
    profiles = queries.profiles_in_use(user)
    waiting = queries.claims_to_pay(user)
    profile = _chosen(request, list(profiles))
    form = ProposalForm(
        request.POST or None,
        profiles=profiles,
        claims=waiting,
        initial={"profile": profile, "execution_on": _day(profile) if profile else None},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            batch = actions.propose_batch(by=user, **form.cleaned_data)
            messages.success(request, _("Proposed. Two others authorise it next."))
            return redirect(batch)
    drafts = queries.drafted(list(waiting[:CLAIMS_OF_A_PAGE]), profile) if profile else []
    chosen = set(request.POST.getlist("claims") or request.GET.getlist("claim"))
    for draft in drafts:
        draft.is_mine = not may_order_payment.test(user, draft.claim)
        draft.is_chosen = str(draft.claim.pk) in chosen
    return render(
        request,
        "payments/batches/propose.html",
        {
            "form": form,
            "profile": profile,
            "drafts": drafts,
            "more": max(0, waiting.count() - CLAIMS_OF_A_PAGE),
        },
    )


def _chosen(request: PersonRequest, profiles: list[BankProfile]) -> BankProfile | None:
    """The profile that the page was asked for, or the only one, or the first."""
    wanted = request.POST.get("profile") or request.GET.get("profile")
    return next(
        (one for one in profiles if str(one.pk) == wanted), profiles[0] if profiles else None
    )


def _day(profile: BankProfile) -> str:
    return next_bank_day(today(), profile.weekend, profile.holidays).isoformat()
