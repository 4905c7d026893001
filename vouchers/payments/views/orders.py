"""The orders to the bank."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase

from accounts.middleware import PersonRequest

from .lists import OrderList


@login_required
def orders(request: PersonRequest) -> HttpResponseBase:
    """Every payment order, newest first, narrowed by what stands in the address."""
    return OrderList(request).answer()
