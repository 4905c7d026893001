"""The files of invoices, and pictures of their pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from files.views.serving import kept_file, preview_picture
from vouchers.payments.claims.queries import invoice_files_visible_to
from vouchers.payments.models import InvoiceFile
from vouchers.payments.permissions import may_submit_claim


@login_required
@require_safe
def file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The file of an invoice, to those who may read the voucher."""
    return kept_file(request, _file(request, pk))


@login_required
@require_safe
def preview(request: PersonRequest, pk: int, number: int) -> HttpResponseBase:
    """The picture of a page of it (0 for the thumbnail)."""
    found = _file(request, pk)
    return preview_picture(request, found.file, number, sha256=found.sha256)


def _file(request: PersonRequest, pk: int) -> InvoiceFile:
    """A file that a claim names; one that is still written is for those who write it."""
    found = get_object_or_404(invoice_files_visible_to(request.user), pk=pk)
    if not found.invoices.exists() and not may_submit_claim.test(request.user, found.voucher):
        raise Http404
    return found
