"""The page on which a cluster asks for an advance."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.awards.queries import vouchers_visible_to
from vouchers.payments.claims import actions
from vouchers.payments.claims.actions.drafting import ONLY_MANAGERS
from vouchers.payments.claims.forms.advancing import AdvanceForm
from vouchers.payments.permissions import may_submit_claim
from vouchers.payments.queries import left_to_advance


@login_required
def ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for money before it is spent, up to what the call lets be out."""
    voucher = get_object_or_404(vouchers_visible_to(request.user), pk=pk)
    require(may_submit_claim, request.user, voucher, otherwise=ONLY_MANAGERS)
    form = AdvanceForm(request.POST or None, left=left_to_advance(voucher))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            claim = actions.ask_for_advance(
                voucher, amount=form.cleaned_data["amount"], by=request.user
            )
            messages.success(request, _("Your country partner decides on the advance next."))
            return redirect(claim)
    context = {
        "form": form,
        "about": voucher,
        "heading": _("Ask for an advance"),
        "label": _("Ask for the advance"),
        "text": _(
            "It is paid to the cluster before you pay the provider. Each claim of what you paid clears "
            "it; what no claim has cleared when the voucher is closed is paid back."
        ),
    }
    return render(request, "payments/ask.html", context)
