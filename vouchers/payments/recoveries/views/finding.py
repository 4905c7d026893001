"""The record that an address is about, or 404."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.payments.recoveries import queries
from vouchers.payments.recoveries.models import Correction, Recovery


def found_correction(request: PersonRequest, pk: int) -> Correction:
    """A correction of a claim that the person may read; 404 for everybody else."""
    visible = queries.with_facts(queries.corrections_visible_to(request.user))
    return get_object_or_404(visible, pk=pk)


def found_part(request: PersonRequest, pk: int) -> Recovery:
    """A part of such a correction."""
    return get_object_or_404(queries.parts_visible_to(request.user), pk=pk)
