"""Loads what a page is about, within what the person may see."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.assistance.delivery import queries
from vouchers.assistance.delivery.models import Session
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to


def found_voucher(request: PersonRequest, pk: int) -> Voucher:
    """The voucher, for whoever may read it; 404 for everybody else."""
    return get_object_or_404(vouchers_visible_to(request.user), pk=pk)


def found_session(request: PersonRequest, pk: int) -> Session:
    """The session, for whoever may read its voucher; 404 for everybody else."""
    return get_object_or_404(queries.sessions_visible_to(request.user), pk=pk)
