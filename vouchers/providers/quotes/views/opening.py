"""Opening the quotes, two people at a time."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from vouchers.providers.quotes import actions

from .finding import found_terms


@login_required
@require_POST
def call_opening(request: PersonRequest, pk: int) -> HttpResponse:
    """The first person is ready to open."""
    found = found_terms(request, pk)
    actions.call_opening(found, by=request.user)
    messages.success(request, _("Called. A second person opens the quotes now."))
    return redirect(found)


@login_required
@require_POST
def open_quotes(request: PersonRequest, pk: int) -> HttpResponse:
    """The second person opens."""
    found = found_terms(request, pk)
    actions.open_quotes(found, by=request.user)
    messages.success(
        request, _("The quotes are open. Say first what ties you to the providers, then compare.")
    )
    return redirect(found)
