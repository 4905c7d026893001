"""Closing periods, and taking in the money of earlier rounds."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.views import refusal_beside
from vouchers.books.actions import (
    close_period,
    take_back_earlier_money,
    take_in_earlier_money,
)
from vouchers.books.permissions import may_close_periods, may_take_in_earlier_money
from vouchers.payments.ledger import queries
from vouchers.payments.ledger.forms.writing import EarlierMoneyForm, PeriodForm, TakeBackForm
from vouchers.payments.ledger.permissions import may_read_ledger

from .lists import EarlierList

_PERIODS_OF_A_PAGE = 20


@login_required
def periods(request: PersonRequest) -> HttpResponse:
    """The periods that are closed, and a form to close the next."""
    if not may_read_ledger.test(request.user):
        raise Http404
    form = PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            close_period(by=request.user, **form.cleaned_data)
            messages.success(request, _("The period is closed: nothing is dated in it any more."))
            return redirect("ledger:periods")
    pages = Paginator(queries.closed_periods(), _PERIODS_OF_A_PAGE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "form": form if may_close_periods.test(request.user) else None,
    }
    return render(request, "payments/ledger/periods.html", context)


@login_required
def earlier(request: PersonRequest) -> HttpResponseBase:
    """What clusters received in earlier rounds, as history, and a form to take in more."""
    page = EarlierList(request)
    page.records()
    may_enter = may_take_in_earlier_money.test(request.user)
    form = EarlierMoneyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            take_in_earlier_money(by=request.user, **form.cleaned_data)
            messages.success(request, _("It is taken in as history, and counts for the ceiling."))
            return redirect("ledger:earlier")
    return page.answer(form=form if may_enter else None)


@login_required
def take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back what was taken in by mistake, with a reason."""
    money = get_object_or_404(queries.earlier_money_visible_to(request.user), pk=pk)
    if not may_take_in_earlier_money.test(request.user):
        raise Http404
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            take_back_earlier_money(money, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is taken back, and stays to be read."))
            return redirect("ledger:earlier")
    return render(request, "payments/ledger/take_back.html", {"money": money, "form": form})
