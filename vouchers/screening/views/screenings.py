"""Screenings: the list, one with its likenesses, and one more at a word."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from vouchers.screening.actions.screening import screen_payee
from vouchers.screening.kinds import kind_called, payments_under_way
from vouchers.screening.permissions import may_read_screenings, may_screen
from vouchers.screening.queries.lists import list_in_force, screenings_visible_to

from .tables import ScreeningTable


@login_required
@require_safe
def screenings(request: PersonRequest) -> HttpResponseBase:
    """Every screening, newest first, narrowed by what stands in the address."""
    return ScreeningTable(request).answer(in_force=list_in_force())


@login_required
@require_safe
def screening(request: PersonRequest, pk: int) -> HttpResponse:
    """What was compared with which list, and what was found."""
    found = get_object_or_404(screenings_visible_to(request.user), pk=pk)
    context = {
        "screening": found,
        "hits": found.hits.select_related("alias", "entity"),
        "under_way": payments_under_way(found.payee),
        "payee_kind": "provider" if found.provider_id else "cluster",
        "may_screen": may_screen.test(request.user) and found.ended_at is None,
    }
    return render(request, "screening/screening.html", context)


@login_required
@require_POST
def screen(request: PersonRequest, payee: str, pk: int) -> HttpResponse:
    """Screen a payee against the list in force, now."""
    kind = kind_called(payee)
    if kind is None or not may_read_screenings.test(request.user):
        raise Http404
    found = kind.model._default_manager.filter(pk=pk).first()
    if found is None:
        raise Http404
    made = screen_payee(found, by=request.user)
    waiting = sum(not hit.is_decided for hit in made.hits.all())
    if waiting:
        told = ngettext(
            "Screened: %(number)s likeness is to be decided on.",
            "Screened: %(number)s likenesses are to be decided on.",
            waiting,
        )
        messages.warning(request, told % {"number": waiting})
    else:
        messages.success(request, _("Screened: nothing is to be decided."))
    return redirect(made)
