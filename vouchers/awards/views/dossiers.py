"""The decision dossier of a round: asked for, made, downloaded."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from files.serving import private_file

from .. import actions
from .finding import dossier_or_404, round_or_404


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the dossier of a round made."""
    return redirect(actions.ask_for_dossier(round_or_404(request, pk), by=request.user))


@login_required
@require_safe
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a dossier has come; once made, what it holds."""
    return render(request, "awards/dossier.html", {"dossier": dossier_or_404(request, pk)})


@login_required
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The ZIP, for coordinators and auditors."""
    found = dossier_or_404(request, pk)
    if not found.is_ready:
        raise Http404
    return private_file(
        request,
        found.file,
        name=f"dossier-{found.selection_round.call.reference}-{found.pk}.zip",
        content_type="application/zip",
        sha256=found.sha256,
    )
