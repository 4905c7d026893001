"""The amendment that a page shows, as far as the person may see it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.endings.amendments.models import Amendment
from vouchers.endings.amendments.queries import amendments_visible_to


def amendment_or_404(request: PersonRequest, pk: int) -> Amendment:
    return get_object_or_404(amendments_visible_to(request.user), pk=pk)
