"""Changing and verifying the account on which a consultant is paid."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.providers import queries
from vouchers.providers.actions import accounts as actions
from vouchers.providers.forms import ProviderAccountForm
from vouchers.providers.permissions import may_register_provider


@login_required
@never_cache
def change_account(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a consultant another account."""
    found = get_object_or_404(queries.providers_visible_to(request.user), pk=pk)
    require(may_register_provider, request.user, found.country_id)
    form = ProviderAccountForm(request.POST or None, provider=found, account=found.account)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.change_provider_account(found, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _(
                    "The account is changed. Nothing is paid to it before a second person verifies it."
                ),
            )
            return redirect(found)
    return render(request, "providers/change_account.html", {"form": form, "provider": found})


@login_required
@require_POST
def verify_account(request: PersonRequest, pk: int) -> HttpResponse:
    """Note that an account (`pk`) was checked against a paper of the bank."""
    visible = queries.providers_visible_to(request.user)
    account = get_object_or_404(queries.accounts_of(visible), pk=pk)
    actions.verify_provider_account(account, by=request.user)
    messages.success(
        request, _("The account is verified. Its page says from when money can be paid to it.")
    )
    return redirect(account.provider)
