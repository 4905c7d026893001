"""Likenesses: the list of them, and one with what both sides say, for a person to decide."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from conduct.views import refusal_beside
from vouchers.screening.actions.deciding import decide_hit, two_people_decide
from vouchers.screening.forms import VerdictForm
from vouchers.screening.kinds import payments_under_way
from vouchers.screening.models import SanctionsHit
from vouchers.screening.permissions import may_decide_hit
from vouchers.screening.queries.lists import hits_visible_to

from .tables import HitTable


@login_required
@require_safe
def hits(request: PersonRequest) -> HttpResponseBase:
    """Every likeness, the strongest first, narrowed by what stands in the address."""
    return HitTable(request).answer()


@login_required
def hit(request: PersonRequest, pk: int) -> HttpResponse:
    """What the list says of somebody, and what the register says; a form for who may decide."""
    found = get_object_or_404(
        hits_visible_to(request.user).select_related(
            "screening__provider", "screening__cluster", "screening__sanctions_list"
        ),
        pk=pk,
    )
    form = VerdictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            decided = decide_hit(found, by=request.user, **form.cleaned_data)
            messages.success(request, _told(decided))
            return redirect(decided.screening)
    stands = found.screening.ended_at is None and found.state != SanctionsHit.State.CLEARED
    context = {
        "hit": found,
        "aliases": found.entity.aliases.order_by("pk"),
        "decisions": _decisions(found),
        "form": form if stands and may_decide_hit.test(request.user, found) else None,
        "waits_for_second": found.state == SanctionsHit.State.HALF,
        "two_people": two_people_decide(found),
        "under_way": payments_under_way(found.screening.payee),
    }
    return render(request, "screening/hit.html", context)


def _decisions(found: SanctionsHit) -> list[object]:
    """The words of people about it, those that an earlier screening kept first."""
    before = _decisions(found.carried_from) if found.carried_from else []
    return [*before, *found.decisions.select_related("decided_by")]


def _told(decided: SanctionsHit) -> str:
    if decided.state == SanctionsHit.State.SAME:
        return _("Held for the same: nothing is approved or ordered for this payee any more.")
    if decided.state == SanctionsHit.State.HALF:
        return _("Your word is kept. The likeness is strong: a second person decides as well.")
    return _("Decided: somebody else.")
