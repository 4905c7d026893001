"""The ranking of a call, and closing its scoring."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from records.acting import require
from records.views import ask_why
from vouchers.calls.queries import calls_visible_to
from vouchers.scoring import actions, queries
from vouchers.scoring.models import ScoringRound
from vouchers.scoring.permissions import may_close_scoring


@login_required
def ranking(request: HttpRequest, slug: str) -> HttpResponse:
    """The ranking of a call: of every country, or of the officer's own."""
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    rankings = queries.rankings_visible_to(request.user, call)
    if not rankings:
        raise Http404
    return render(
        request,
        "scoring/ranking.html",
        {
            "call": call,
            "rankings": rankings,
            "criteria": call.criteria.all(),
            "scoring_round": ScoringRound.objects.filter(call=call).first(),
            "may_close": may_close_scoring.test(request.user, call),
        },
    )


@login_required
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the scoring of a call."""
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    actions.close_scoring(call, by=request.user)
    messages.success(request, _("The scoring is closed. The selection can be proposed."))
    return redirect("scoring:ranking", call.slug)


@login_required
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a closed scoring again."""
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    require(may_close_scoring, request.user, call)
    back = reverse("scoring:ranking", args=[call.slug])
    return ask_why(
        request,
        lambda reason: actions.reopen_scoring(call, reason=reason, by=request.user),
        about=call,
        heading=_("Open the scoring again"),
        label=_("Open again"),
        told=_("The scoring is open again."),
        back=back,
    )
