"""The monthly accounting rates: entered, asked about, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.payments import actions, queries
from vouchers.payments.forms.rates import CorrectionForm, RateForm
from vouchers.payments.permissions import may_enter_rates, may_read_orders

from .lists import RateList


@login_required
def rates(request: PersonRequest) -> HttpResponseBase:
    """The monthly accounting rates, and a form for another."""
    if not may_read_orders.test(request.user):
        raise Http404
    may_enter = may_enter_rates.test(request.user)
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form), _asks(form):
            actions.enter_rate(by=request.user, **form.cleaned_data)
            messages.success(request, _("The rate is entered."))
            return redirect("payments:rates")
    return RateList(request).answer(form=form if may_enter else None, may_enter=may_enter)


@login_required
def correct(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct a mistaken rate, or name the claims that rest on it."""
    if not may_read_orders.test(request.user):
        raise Http404
    rate = get_object_or_404(queries.rates(), pk=pk)
    require(may_enter_rates, request.user)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form), _asks(form):
            actions.correct_rate(rate, by=request.user, **form.cleaned_data)
            messages.success(request, _("The rate is corrected; the one before stays in the list."))
            return redirect("payments:rates")
    context = {"rate": rate, "form": form, "claims": queries.claims_on_rate(rate)}
    return render(request, "payments/correct_rate.html", context)


@contextmanager
def _asks(form: RateForm | CorrectionForm) -> Iterator[None]:
    """Show the check box where the enclosed action asks about the rate."""
    try:
        yield
    except actions.Doubtful:
        form.ask()
        raise
