"""Loads the meeting or record that a page is about, within what the person may see."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.assistance.needs import queries
from vouchers.assistance.needs.models import Meeting, NeedsRecord
from vouchers.assistance.needs.permissions import may_revise_record
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to


def found_voucher(request: PersonRequest, pk: int) -> Voucher:
    """The voucher, for whoever may read it; 404 for everybody else."""
    return get_object_or_404(vouchers_visible_to(request.user), pk=pk)


def found_meeting(request: PersonRequest, pk: int) -> Meeting:
    """The meeting, for whoever may read its voucher; 404 for everybody else."""
    return get_object_or_404(queries.meetings_visible_to(request.user), pk=pk)


def found_record(request: PersonRequest, pk: int) -> NeedsRecord:
    """The record of needs, for whoever may read it; 404 for everybody else."""
    return get_object_or_404(queries.records_visible_to(request.user), pk=pk)


def shows_draft(request: PersonRequest, found: NeedsRecord) -> bool:
    """Whether the person reads a draft as it is being written: everybody but the cluster does."""
    return not queries.is_of_own_cluster(request.user, found) or bool(
        may_revise_record.test(request.user, found)
    )
