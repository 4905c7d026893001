"""What the bank has not confirmed, and why."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest

from .lists import UnconfirmedList


@login_required
@require_safe
def listing(request: PersonRequest) -> HttpResponseBase:
    """Every payment that is with the bank and not confirmed, and why."""
    return UnconfirmedList(request).answer()
