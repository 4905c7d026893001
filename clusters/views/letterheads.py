"""What the letters of a country partner bear: address, signatory, logo."""

from __future__ import annotations

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.middleware import PersonRequest
from clusters import actions, queries
from clusters.forms.letterheads import LetterheadForm
from conduct.views import refusal_beside

from .pages import picture_response


@login_required
@require_GET
def letterheads(request: PersonRequest) -> HttpResponse:
    """The partners whose letterhead the person may change; 404 for anybody else."""
    partners = list(queries.partners_whose_letterhead(request.user))
    if not partners:
        raise Http404
    return render(request, "clusters/letterheads.html", {"partners": partners})


@login_required
def letterhead(request: PersonRequest, code: str) -> HttpResponse:
    """Change what the letters of a partner bear, by the ISO code of its country."""
    partner = get_object_or_404(queries.partners_whose_letterhead(request.user), country=code)
    form = LetterheadForm(request.POST or None, request.FILES or None, instance=copy(partner))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.change_letterhead(partner, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. Letters that are issued from now on bear it."))
            return redirect("clusters:letterhead", code=code)
    return render(request, "clusters/letterhead.html", {"partner": partner, "form": form})


@login_required
@require_GET
def letterhead_logo(request: PersonRequest, code: str) -> FileResponse:
    """The logo that letters bear, for who may change it."""
    partner = get_object_or_404(queries.partners_whose_letterhead(request.user), country=code)
    return picture_response(partner.logo.name or "", cache="private, no-store")
