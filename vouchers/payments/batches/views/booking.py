"""What the bank said: it has the file, it paid, it did not pay."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.payments.batches import actions
from vouchers.payments.batches.forms.batches import (
    AcknowledgementForm,
    CancellationForm,
    PaymentForm,
)
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.batches.permissions import (
    may_acknowledge_batch,
    may_cancel_batch,
    may_return_payment,
)
from vouchers.payments.permissions import may_record_payment

from .finding import found_batch, found_payment


@login_required
def acknowledge(request: PersonRequest, pk: int) -> HttpResponse:
    """Note that the bank has the file."""
    found = found_batch(request, pk)
    require(may_acknowledge_batch, request.user, found)
    form = AcknowledgementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.acknowledge_batch(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is noted that the bank has the file."))
            return redirect(found)
    return _asked(request, found, form, heading=_("The bank has the file"), label=_("Note it"))


@login_required
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Cancel a batch: with a reason before the export, by the bank's word after it."""
    found = found_batch(request, pk)
    require(may_cancel_batch, request.user, found)
    form = CancellationForm(request.POST or None, is_outside=found.state in PaymentBatch.OUTSIDE)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.cancel_batch(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Cancelled: what was not paid can be proposed anew."))
            return redirect(found)
    heading = _("Cancel the batch")
    return _asked(request, found, form, heading=heading, label=heading)


@login_required
def record(request: PersonRequest, pk: int) -> HttpResponse:
    """Record what the bank paid on a payment (`pk`)."""
    found = found_payment(request, pk)
    require(may_record_payment, request.user, found)
    form = PaymentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.record_payment(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("The payment is recorded, and the cluster is told."))
            return redirect(found.batch)
    context = {"form": form, "claim": found.claim, "order": found}
    return render(request, "payments/record.html", context)


@login_required
def give_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Record that the bank gave a payment (`pk`) back."""
    found = found_payment(request, pk)
    require(may_return_payment, request.user, found)
    form = CancellationForm(request.POST or None, is_outside=True)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.return_payment(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("The money is payable again: propose the claim anew."))
            return redirect(found.batch)
    heading = _("The bank did not pay")
    return _asked(request, found, form, heading=heading, label=_("Record it"))


def _asked(
    request: PersonRequest, about: object, form: object, *, heading: str, label: str
) -> HttpResponse:
    context = {"form": form, "about": about, "heading": heading, "label": label}
    return render(request, "payments/batches/ask.html", context)
