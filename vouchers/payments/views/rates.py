"""The monthly accounting rates: entered, asked about, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from documents.wording import number
from vouchers.payments import actions, queries
from vouchers.payments.forms.rates import (
    AskingForm,
    CorrectionForm,
    RateFileForm,
    RateForm,
    TakeOverForm,
    begun_with,
)
from vouchers.payments.permissions import may_confirm_rates, may_enter_rates, may_read_orders

from .lists import RateList

# The last year, a file a month.
_FILES_SHOWN = 12


@login_required
def rates(request: PersonRequest) -> HttpResponseBase:
    """The monthly accounting rates, and a form for another."""
    if not may_read_orders.test(request.user):
        raise Http404
    may_enter = may_enter_rates.test(request.user)
    # The filters of the list have fields of the same names.
    form = RateForm(request.POST or None, initial=begun_with(request.GET), auto_id="rate_%s")
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form), _asks(form):
            actions.enter_rate(by=request.user, **form.cleaned_data)
            messages.success(request, _("The rate is entered."))
            return redirect("payments:rates")
    return RateList(request).answer(
        form=form if may_enter else None,
        may_enter=may_enter,
        # Of a row, unless it is the person's own.
        may_confirm=may_confirm_rates.test(request.user),
    )


@login_required
@require_POST
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Say, as a second person, that a rate entered by hand is right."""
    if not may_read_orders.test(request.user):
        raise Http404
    rate = get_object_or_404(queries.rates(), pk=pk)
    actions.confirm_rate(rate, by=request.user)
    messages.success(request, _("The rate is confirmed: claims take it from now on."))
    return redirect("payments:rates")


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


@login_required
def upload(request: PersonRequest) -> HttpResponse:
    """Read a file of the Commission; the page that follows shows what it would change."""
    if not may_read_orders.test(request.user):
        raise Http404
    require(may_enter_rates, request.user)
    form = RateFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            chosen = form.cleaned_data["upload"]
            file = actions.read_rate_file(
                chosen, name=chosen.name, month=form.cleaned_data["month"], by=request.user
            )
            return redirect("payments:rate_file", file.pk)
    context = {"form": form, "files": queries.rate_files()[:_FILES_SHOWN]}
    return render(request, "payments/upload_rates.html", context)


@login_required
def rate_file(request: PersonRequest, pk: int) -> HttpResponse:
    """What a file says beside the table, and the button that takes it over."""
    if not may_read_orders.test(request.user):
        raise Http404
    file = get_object_or_404(queries.rate_files(), pk=pk)
    form = TakeOverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        require(may_enter_rates, request.user)
        with refusal_beside(form), _asks(form):
            written = len(actions.take_rates_over(file, by=request.user, **form.cleaned_data))
            messages.success(
                request,
                ngettext(
                    "%(number)s rate is taken over.", "%(number)s rates are taken over.", written
                )
                % {"number": number(written)},
            )
            return redirect("payments:rates")
    context = {
        "file": file,
        "form": form,
        "may_enter": may_enter_rates.test(request.user),
        "comparisons": queries.compared(queries.filed_rates(file)),
    }
    return render(request, "payments/rate_file.html", context)


@contextmanager
def _asks(form: AskingForm) -> Iterator[None]:
    """Show the check box where the enclosed action asks about the rate."""
    try:
        yield
    except actions.Doubtful:
        form.ask()
        raise
