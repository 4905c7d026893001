"""What a legal entity holds across calls, and the exception that two people may make."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.forms import ReasonForm
from conduct.views import refusal_beside
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to
from vouchers.awards.actions.ceilings import ask_for_override, decide_override
from vouchers.awards.forms.ceilings import OverrideForm
from vouchers.awards.models import CeilingOverride
from vouchers.awards.permissions import (
    may_ask_for_override,
    may_decide_override,
)
from vouchers.awards.queries.ceilings import (
    applications_with_ceilings,
    ceiling_of,
    overrides_visible_to,
)


@login_required
def ceiling(request: PersonRequest, pk: int) -> HttpResponse:
    """What the legal entity of an application holds; a POST asks for an exception."""
    application = _application(request, pk)
    if request.method == "POST":  # Whoever may not ask is told so, whatever was typed.
        require(may_ask_for_override, request.user, application)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            ask_for_override(application, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Asked. A coordinator other than you decides."))
            return redirect("awards:ceiling", pk)
    return _page(request, application.pk, form=form)


@login_required
@require_POST
def decide(request: PersonRequest, pk: int) -> HttpResponse:
    """Grant or refuse an exception."""
    override = get_object_or_404(overrides_visible_to(request.user), pk=pk)
    require(may_decide_override, request.user, override)
    form = OverrideForm(request.POST)
    if form.is_valid():
        with refusal_beside(form):
            decide_override(
                override,
                granted=form.cleaned_data["granted"] == "yes",
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
            messages.success(request, _("Decided. Who asked is told."))
            return redirect("awards:ceiling", override.application_id)
    return _page(request, override.application_id, decision=form)


def _page(
    request: PersonRequest,
    pk: int,
    *,
    form: ReasonForm | None = None,
    decision: OverrideForm | None = None,
) -> HttpResponse:
    application = _application(request, pk)
    found = ceiling_of(application)
    overrides = application.ceiling_overrides.select_related("asked_by", "decided_by")
    waiting = next((one for one in overrides if one.state == CeilingOverride.State.ASKED), None)
    may_ask = (
        found.stops and waiting is None and may_ask_for_override.test(request.user, application)
    )
    may_decide = waiting is not None and may_decide_override.test(request.user, waiting)
    context = {
        "application": application,
        # Finance officers read what is held, and not what was written to be selected.
        "reads_application": applications_visible_to(request.user).filter(pk=pk).exists(),
        "ceiling": found,
        "overrides": overrides,
        "waiting": waiting,
        "form": (form or ReasonForm()) if may_ask else None,
        "decision": (decision or OverrideForm()) if may_decide else None,
    }
    return render(request, "awards/ceiling.html", context)


def _application(request: PersonRequest, pk: int) -> Application:
    """The application, for who reads what its legal entity holds; 404 for everybody else."""
    return get_object_or_404(applications_with_ceilings(request.user), pk=pk)
