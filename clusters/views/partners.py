"""The bank details of a country partner, which is paid back what it pays to providers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from clusters import actions, queries
from clusters.forms.bank import AccountForm
from clusters.models import CountryPartner
from clusters.permissions import may_change_partner_account, may_verify_partner_account
from conduct.actions import require
from conduct.views import refusal_beside


@login_required
@never_cache
def bank(request: PersonRequest, code: str) -> HttpResponse:
    """The account of a partner (by the ISO code of its country) as it is now, and the earlier ones."""
    partner = _readable(request, code)
    account = queries.current_account(partner)
    context = {
        "partner": partner,
        "account": account,
        "earlier": partner.bank_accounts.exclude(replaced_at=None).select_related("entered_by"),
        "may_change": may_change_partner_account.test(request.user, partner),
        "may_verify": account is not None
        and account.verified_at is None
        and account.entered_by_id != request.user.pk
        and may_verify_partner_account.test(request.user),
    }
    return render(request, "clusters/partner_bank.html", context)


@login_required
@never_cache
def change_account(request: PersonRequest, code: str) -> HttpResponse:
    """Give other bank details."""
    partner = _readable(request, code)
    require(may_change_partner_account, request.user, partner)
    form = AccountForm(request.POST or None, owner=partner)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.change_account(partner, **form.cleaned_data, by=request.user)
            messages.success(request, _("The bank details are saved. A coordinator verifies them."))
            return redirect(partner)
    return render(
        request, "clusters/change_partner_account.html", {"partner": partner, "form": form}
    )


@login_required
@require_POST
def verify_account(request: PersonRequest, pk: int) -> HttpResponse:
    """Note that the account (`pk`) of a partner was checked against a paper of the bank."""
    account = get_object_or_404(queries.partner_accounts_visible_to(request.user), pk=pk)
    actions.verify_account(account, by=request.user)
    messages.success(request, _("The bank details are verified."))
    return redirect("clusters:partner_bank", code=account.owner.country_id)


def _readable(request: PersonRequest, code: str) -> CountryPartner:
    """The partner, for its officers and whoever sees all countries; 404 for anybody else."""
    return get_object_or_404(queries.partners_whose_account(request.user), country=code)
