"""Closing periods, and taking in the money of earlier rounds."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from conduct.views import refusal_beside
from vouchers.books.actions import (
    close_period,
    drop_proposal,
    propose_period,
    take_back_earlier_money,
    take_in_earlier_money,
)
from vouchers.books.models import PeriodProposal
from vouchers.books.permissions import (
    may_close_period,
    may_close_periods,
    may_read_all_books,
    may_take_in_earlier_money,
)
from vouchers.books.queries import proposals_visible_to, waiting_proposals
from vouchers.payments.ledger import queries
from vouchers.payments.ledger.forms.writing import EarlierMoneyForm, PeriodForm, TakeBackForm
from vouchers.payments.ledger.permissions import may_read_ledger

from .lists import EarlierList

_PERIODS_OF_A_PAGE = 20


@login_required
def periods(request: PersonRequest) -> HttpResponse:
    """The periods that are closed, what waits to be, and a form to propose the next."""
    if not may_read_ledger.test(request.user):
        raise Http404
    form = PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            propose_period(by=request.user, **form.cleaned_data)
            messages.success(request, _("Proposed. Somebody else closes the period next."))
            return redirect("ledger:periods")
    pages = Paginator(queries.closed_periods(), _PERIODS_OF_A_PAGE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "form": form if may_close_periods.test(request.user) else None,
        "proposals": [
            (one, may_close_period.test(request.user, one))
            for one in waiting_proposals(request.user)
        ],
        "may_read_books": may_read_all_books.test(request.user),
    }
    return render(request, "payments/ledger/periods.html", context)


@login_required
@require_safe
def period(request: PersonRequest, pk: int) -> HttpResponse:
    """A closed period with the books as they were closed, for those who read all of them."""
    if not may_read_all_books.test(request.user):
        raise Http404
    found = get_object_or_404(queries.closed_periods(), pk=pk)
    context = {"period": found, "books": queries.closed_books(found)}
    return render(request, "payments/ledger/period.html", context)


@login_required
@require_POST
def close(request: PersonRequest, pk: int) -> HttpResponse:
    """Close what somebody else proposed (`pk`)."""
    found = close_period(_proposal(request, pk), by=request.user)
    messages.success(request, _("The period is closed: nothing is dated in it any more."))
    return redirect(found)


@login_required
@require_POST
def drop(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a proposal (`pk`) off the desk."""
    drop_proposal(_proposal(request, pk), by=request.user)
    messages.success(request, _("The proposal is dropped: the period stays open."))
    return redirect("ledger:periods")


def _proposal(request: PersonRequest, pk: int) -> PeriodProposal:
    return get_object_or_404(proposals_visible_to(request.user), pk=pk)


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
