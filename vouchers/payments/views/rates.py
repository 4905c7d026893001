"""The monthly accounting rates."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from records.views import refusal_beside
from vouchers.payments import actions, queries
from vouchers.payments.forms.rates import RateForm
from vouchers.payments.permissions import may_enter_rates, may_read_orders

ROWS = 20


@login_required
def rates(request: HttpRequest) -> HttpResponse:
    """The monthly accounting rates, and a form for another."""
    if not may_read_orders.test(request.user):
        raise Http404
    may_enter = may_enter_rates.test(request.user)
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.enter_rate(by=request.user, **form.cleaned_data)
            messages.success(request, _("The rate is entered."))
            return redirect("payments:rates")
    page = Paginator(queries.rates(), ROWS).get_page(request.GET.get("page"))
    return render(
        request, "payments/rates.html", {"page": page, "form": form if may_enter else None}
    )
