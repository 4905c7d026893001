"""One line of the bank: what it is held for and why, and what a person can say it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.payments.bank import actions, queries
from vouchers.payments.bank.forms.lines import STANDS, AsideForm, ChargeForm, MatchForm
from vouchers.payments.bank.models import StatementLine
from vouchers.payments.bank.permissions import may_match_line
from vouchers.payments.bank.wording import proposal_told

from .finding import found_line


@login_required
@require_safe
@never_cache
def line(request: PersonRequest, pk: int) -> HttpResponse:
    """A line with all that the bank says of it, where it stands, and why."""
    found = found_line(request, pk)
    proposal = getattr(found, "proposal", None)
    is_open = found.stands in ("proposed", "aside")
    return render(
        request,
        "payments/bank/line.html",
        {
            "line": found,
            "standing": STANDS[found.stands],
            "proposal": proposal,
            "explained": proposal_told(proposal) if proposal else "",
            "match": getattr(found, "match", None),
            "charged": getattr(found, "charged", None),
            "asides": found.set_asides.select_related("set_by"),
            "may_decide": is_open and may_match_line.test(request.user, found),
            "may_charge": not found.is_credit and found.currency == "EUR",
        },
    )


@login_required
def match(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose the payment that a line is."""
    found = found_line(request, pk)
    require(may_match_line, request.user, found)
    proposal = getattr(found, "proposal", None)
    form = MatchForm(
        request.POST or None,
        payments=queries.payments_that_fit(found, request.user),
        initial={"payment": proposal.payment_id if proposal else None},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.match_line(found, form.cleaned_data["payment"], by=request.user)
            messages.success(request, _("The line is matched, and the ledger follows."))
            return redirect(found.statement)
    heading = _("Which payment is this line?")
    lead = _("Payments of the same account and the same amount that no line stands for yet.")
    return _asked(request, found, form, heading=heading, lead=lead, label=_("This is the payment"))


@login_required
def aside(request: PersonRequest, pk: int) -> HttpResponse:
    """Set a line aside with a reason."""
    found = found_line(request, pk)
    require(may_match_line, request.user, found)
    form = AsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.set_line_aside(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("The line is set aside; it can still be matched."))
            return redirect(found.statement)
    heading = _("Set the line aside")
    return _asked(request, found, form, heading=heading, lead="", label=heading)


@login_required
def charge(request: PersonRequest, pk: int) -> HttpResponse:
    """Enter a line as a charge of the bank."""
    found = found_line(request, pk)
    require(may_match_line, request.user, found)
    form = ChargeForm(request.POST or None, calls=queries.calls_that_bear())
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.charge_line(found, form.cleaned_data["call"], by=request.user)
            messages.success(request, _("The charge is entered in the ledger of the call."))
            return redirect(found.statement)
    heading = _("A charge of the bank")
    lead = _("It is taken from what the call has available, and shown apart in its ledger.")
    return _asked(request, found, form, heading=heading, lead=lead, label=_("Enter the charge"))


def _asked(
    request: PersonRequest,
    found: StatementLine,
    form: forms.Form,
    *,
    heading: str,
    lead: str,
    label: str,
) -> HttpResponse:
    context: dict[str, Any] = {"line": found, "form": form, "heading": heading, "lead": lead}
    return render(request, "payments/bank/ask.html", {**context, "label": label})
