"""The decision dossier of a round: asked for, made, downloaded."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from files.views.serving import private_file
from vouchers.awards.dossiers.actions.asking import ask_for_dossier
from vouchers.awards.dossiers.models import Dossier
from vouchers.awards.dossiers.queries.finding import dossiers_visible_to
from vouchers.awards.views.finding import round_or_404


@login_required
@require_POST
def ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Have the dossier of a round made."""
    return redirect(ask_for_dossier(round_or_404(request, pk), by=request.user))


@login_required
@require_safe
def dossier(request: PersonRequest, pk: int) -> HttpResponse:
    """How far a dossier has come; once made, what it holds."""
    return render(request, "awards/dossier.html", {"dossier": _found(request, pk)})


@login_required
@require_safe
def download(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The ZIP, for coordinators and auditors."""
    found = _found(request, pk)
    if not found.is_ready:
        raise Http404
    return private_file(
        request,
        found.file,
        name=f"dossier-{found.selection_round.call.reference}-{found.pk}.zip",
        content_type="application/zip",
        sha256=found.sha256,
    )


def _found(request: PersonRequest, pk: int) -> Dossier:
    return get_object_or_404(dossiers_visible_to(request.user), pk=pk)
