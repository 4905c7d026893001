"""Loads what a page is about, within what the person may see; asks why it is returned."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to


def found_voucher(request: PersonRequest, pk: int) -> Voucher:
    """The voucher, for whoever may read it; 404 for everybody else."""
    return get_object_or_404(vouchers_visible_to(request.user), pk=pk)
