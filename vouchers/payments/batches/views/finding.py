"""Loads what a page is about, within what the person may see."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from accounts.models import User
from vouchers.payments.batches import queries
from vouchers.payments.batches.models import BankProfile, PaymentBatch
from vouchers.payments.batches.permissions import may_read_batches
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


def require_reader(person: User) -> None:
    """Raise Http404 for who may not know of batches: there is nothing to be refused."""
    if not may_read_batches.test(person):
        raise Http404
