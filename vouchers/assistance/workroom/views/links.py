"""Sending the link to a provider, and withdrawing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.assistance.workroom import actions, queries
from vouchers.assistance.workroom.forms.links import WorkLinkForm
from vouchers.assistance.workroom.permissions import may_end_work_link, may_send_work_link
from vouchers.providers.contracts.queries import contracts_visible_to


@login_required
def send(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the provider of a voucher's contract its link, the first time or anew."""
    contract = get_object_or_404(contracts_visible_to(request.user), voucher=pk)
    require(may_send_work_link, request.user, contract.voucher)
    provider = contract.provider
    initial = {
        "name": provider.name,
        "email": provider.email,
        "language": contract.voucher.award.application.language,
    }
    form = WorkLinkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.send_work_link(contract, by=request.user, **form.cleaned_data)
            messages.success(request, _("The link is on its way to the provider."))
            return redirect(contract)
    context = {
        "form": form,
        "contract": contract,
        "voucher": contract.voucher,
        "last": queries.last_day_of(contract),
    }
    return render(request, "workroom/send.html", context)


@login_required
@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """End a link at once."""
    link = get_object_or_404(queries.work_links_visible_to(request.user), pk=pk)
    require(may_end_work_link, request.user, link)
    actions.withdraw_work_link(link, by=request.user)
    messages.success(request, _("The link is withdrawn: it opens nothing any more."))
    return redirect(link.contract)
