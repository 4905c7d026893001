"""The records that the pages of this room show, as far as the person may see them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.endings import queries
from vouchers.endings.models import Ending, Extension


def voucher_or_404(request: PersonRequest, pk: int) -> Voucher:
    return get_object_or_404(vouchers_visible_to(request.user), pk=pk)


def extension_or_404(request: PersonRequest, pk: int) -> Extension:
    return get_object_or_404(queries.extensions_visible_to(request.user), pk=pk)


def ending_or_404(request: PersonRequest, pk: int) -> Ending:
    return get_object_or_404(queries.endings_visible_to(request.user), pk=pk)
