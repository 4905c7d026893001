"""Loads what a page is about, within what the person may see."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.providers.quotes import queries
from vouchers.providers.quotes.models import QuoteInvitation, TermsOfReference


def found_terms(request: PersonRequest, pk: int) -> TermsOfReference:
    """The terms, for whoever may read their voucher; 404 for everybody else."""
    return get_object_or_404(queries.terms_visible_to(request.user), pk=pk)


def found_invitation(request: PersonRequest, pk: int) -> QuoteInvitation:
    """The invitation, for whoever may read its voucher; 404 for everybody else."""
    return get_object_or_404(queries.invitations_visible_to(request.user), pk=pk)
