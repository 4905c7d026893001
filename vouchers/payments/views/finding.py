"""Loads what a page is about, within what the person may see."""

from __future__ import annotations

from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.payments import queries
from vouchers.payments.models import Claim, Invoice


def found_claim(request: PersonRequest, pk: int) -> Claim:
    """The claim, for whoever may read its voucher; 404 for everybody else."""
    return get_object_or_404(queries.claims_visible_to(request.user), pk=pk)


def found_whole_claim(request: PersonRequest, pk: int) -> Claim:
    """The claim with its call, contract, policy and the people of its steps, as its pages show it."""
    visible = queries.with_its_people(queries.claims_visible_to(request.user))
    found = get_object_or_404(visible, pk=pk)
    if found.sent_back_at is not None:
        prefetch_related_objects([found], "sent_back__control")
    return found


def found_invoice(request: PersonRequest, pk: int) -> Invoice:
    """An invoice of such a claim."""
    return get_object_or_404(queries.invoices_visible_to(request.user), pk=pk)


def in_state(claim: Claim, state: str) -> bool:
    """Whether the claim is in the state of this name (Claim.State)."""
    return claim.state == Claim.State[state]
