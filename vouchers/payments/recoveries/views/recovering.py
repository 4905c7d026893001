"""Demanding money back, and writing down what was received or is waived."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.forms import SEEN, carry_seen
from conduct.views import refusal_beside
from vouchers.payments.recoveries import actions, queries
from vouchers.payments.recoveries.forms.recovering import DemandForm, ReceivedForm, WaiverForm
from vouchers.payments.recoveries.models import Correction
from vouchers.payments.recoveries.permissions import may_enter_recovery

from .finding import found_correction, found_part


@login_required
def demand(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask the payee by a letter."""
    found = _for_finance(request, pk)
    form = DemandForm(request.POST or None)
    carry_seen(form, request, actions.mark_of_open(found))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.demand_recovery(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("The letter is being made in every language: send it."))
            return redirect(found)
    text = _("The letter says what was found, how much is open, and by when it is paid back.")
    return _asked(request, found, form, _("Ask the payee to pay back"), _("Make the letter"), text)


@login_required
@require_POST
def set_off(request: PersonRequest, pk: int) -> HttpResponse:
    """Set what is open off against the payee's next payments."""
    seen = request.POST.get(SEEN, "")
    found = actions.set_off_from_now_on(_for_finance(request, pk), by=request.user, seen=seen)
    messages.success(
        request, _("It is set off against the next payments of this call to the payee.")
    )
    return redirect(found)


@login_required
def receive(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down what the payee paid back."""
    found = _for_finance(request, pk)
    form = ReceivedForm(request.POST or None, initial={"amount": queries.open_of(found)})
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.receive_part(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Written down. Somebody else confirms it next."))
            return redirect(found)
    text = _("As the statement of the bank says. It is entered once another person confirms it.")
    return _asked(request, found, form, _("Money is back"), _("Write it down"), text)


@login_required
def waive(request: PersonRequest, pk: int) -> HttpResponse:
    """Propose to ask for a part no more."""
    found = _for_finance(request, pk)
    form = WaiverForm(request.POST or None, initial={"amount": queries.open_of(found)})
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.waive_part(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Proposed. Somebody else decides it next."))
            return redirect(found)
    text = _("What is waived is asked for no more, and stays paid.")
    return _asked(request, found, form, _("Waive a part"), _("Propose it"), text)


@login_required
@require_POST
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Confirm a part (`pk`) that somebody else wrote down."""
    part = actions.confirm_part(found_part(request, pk), by=request.user)
    messages.success(request, _("Confirmed: it is entered in the ledger."))
    return redirect(part.correction)


@login_required
@require_POST
def take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back a part (`pk`) that nobody has confirmed."""
    part = actions.take_back_part(found_part(request, pk), by=request.user)
    messages.success(request, _("Taken back: it is open again."))
    return redirect(part.correction)


def _for_finance(request: PersonRequest, pk: int) -> Correction:
    found = found_correction(request, pk)
    require(may_enter_recovery, request.user)
    return found


def _asked(
    request: PersonRequest, about: Correction, form: Form, heading: str, label: str, text: str
) -> HttpResponse:
    context = {"form": form, "about": about, "heading": heading, "label": label, "text": text}
    return render(request, "payments/ask.html", context)
