"""Loads what a page is about, within what the person may see."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.assistance.deliverables import queries
from vouchers.assistance.deliverables.models import Deliverable


def found_version(request: PersonRequest, pk: int) -> Deliverable:
    """The version, for whoever may read its voucher; 404 for everybody else."""
    return get_object_or_404(queries.deliverables_visible_to(request.user), pk=pk)
