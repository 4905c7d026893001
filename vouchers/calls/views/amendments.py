"""Changing a call that is open."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require_state
from conduct.views import refusal_beside
from vouchers.calls import queries
from vouchers.calls.actions import amend_call
from vouchers.calls.forms.amendments import AmendmentForm
from vouchers.calls.models import Call
from vouchers.calls.queries.amendments import applicants_of

from .finding import require_builder


@login_required
def amend(request: PersonRequest, slug: str) -> HttpResponse:
    """Change what may still change in an open call, and say why."""
    require_builder(request)
    call = get_object_or_404(queries.calls_visible_to(request.user), slug=slug)
    require_state(call, Call.State.OPEN)
    form = AmendmentForm(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            amend_call(call, by=request.user, **form.terms())
            messages.success(request, _("The call is changed, and everybody who applies is told."))
            return redirect(call)
    return render(
        request,
        "calls/amend.html",
        {"call": call, "form": form, "told": applicants_of(call).count()},
    )
