"""Loads what a page is about, within what the person may see."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.payments.batches import queries
from vouchers.payments.batches.models import BankProfile, PaymentBatch
from vouchers.payments.models import PaymentOrder


def found_batch(request: PersonRequest, pk: int) -> PaymentBatch:
    """The batch, for whoever reads payment orders; 404 for everybody else."""
    return get_object_or_404(queries.batches_visible_to(request.user), pk=pk)


def found_payment(request: PersonRequest, pk: int) -> PaymentOrder:
    """The payment, for whoever reads payment orders; 404 for everybody else."""
    return get_object_or_404(queries.payments_visible_to(request.user), pk=pk)


def found_profile(request: PersonRequest, pk: int) -> BankProfile:
    """The profile, for whoever reads payment orders; 404 for everybody else."""
    return get_object_or_404(queries.profiles_visible_to(request.user), pk=pk)
