"""The contract of a voucher: entered, read, and its file."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.forms import saves_rows, typed_rows
from conduct.queries.history import timeline
from conduct.views import refusal_beside
from files.views.serving import kept_file
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.awards.queries.countersigning import why_nothing_yet
from vouchers.providers.quotes.forms.answering import LineFormSet
from vouchers.providers.quotes.queries.comparing import rate_of
from vouchers.providers.quotes.views.answering import lines_of

from . import actions, queries
from .forms import ContractForm
from .models import Contract
from .permissions import may_enter_contract


def _found(request: PersonRequest, pk: int) -> Contract:
    return get_object_or_404(queries.contracts_visible_to(request.user), voucher=pk)


@login_required
def contract(request: PersonRequest, pk: int) -> HttpResponse:
    """The contract of a voucher."""
    found = _found(request, pk)
    rate = rate_of(found.choice)
    rates = [rate] if rate else []
    context = {
        "contract": found,
        "rates": rates,
        "voucher": found.voucher,
        "entries": timeline(found),
    }
    return render(request, "contracts/contract.html", context)


@login_required
def enter(request: PersonRequest, pk: int) -> HttpResponse:
    """Enter the signed contract with the provider that was chosen."""
    voucher: Voucher = get_object_or_404(vouchers_visible_to(request.user), pk=pk)
    require(may_enter_contract, request.user, voucher)
    choice = queries.confirmed_choice_of(voucher)
    if choice is None:
        raise Http404
    form = ContractForm(request.POST or None, request.FILES or None)
    formset = LineFormSet(
        typed_rows(request),
        initial=lines_of(choice.quote),
        form_kwargs={"currencies": [choice.quote.currency]},
    )
    if saves_rows(request) and form.is_valid() & formset.is_valid():
        with refusal_beside(form):
            made = actions.conclude_contract(
                voucher, lines=formset.lines(), by=request.user, **form.cleaned_data
            )
            messages.success(request, _("The contract is entered. The work can begin."))
            return redirect(made)
    context = {
        "form": form,
        "formset": formset,
        "choice": choice,
        "waits": why_nothing_yet(voucher),
        "voucher": voucher,
        "rules": voucher.award.application.call.purchase_rules,
    }
    return render(request, "contracts/enter.html", context)


@login_required
def file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The signed contract."""
    found = _found(request, pk)
    return kept_file(request, found)
