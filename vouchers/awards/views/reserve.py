"""Offering a voucher from the reserve list by hand."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import ask_why
from vouchers.awards import actions
from vouchers.awards.permissions import may_steer_round
from vouchers.awards.views.finding import place_or_404


@login_required
def offer(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer a free voucher to one of the first in line, with the reason."""
    place = place_or_404(request, pk)
    selection_round = place.decision.selection_round
    require(may_steer_round, request.user, selection_round)
    return ask_why(
        request,
        lambda reason: actions.offer_from_reserve(place, because=reason, by=request.user),
        about=place.decision.application,
        heading=_("Offer a voucher from the reserve list"),
        label=_("Offer the voucher"),
        told=_("The voucher is offered, and the cluster is told."),
        back=selection_round,
    )
