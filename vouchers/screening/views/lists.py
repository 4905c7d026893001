"""Lists of sanctions: uploaded, looked at, put in force."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from files.views.serving import private_file
from vouchers.screening.actions import uploading
from vouchers.screening.forms import SanctionsFileForm
from vouchers.screening.models import SanctionsList
from vouchers.screening.permissions import may_read_screenings, may_screen
from vouchers.screening.queries.due import number_due
from vouchers.screening.queries.lists import is_older, list_in_force, lists_visible_to

from .tables import SanctionsListTable

# So many entries of a list that is not in force yet are shown, to see whether it was read well.
_SHOWN = 10


@login_required
def sanctions_lists(request: PersonRequest) -> HttpResponseBase:
    """Every list, and for who keeps them a form for another."""
    if not may_read_screenings.test(request.user):
        raise Http404
    may_upload = may_screen.test(request.user)
    posted = request.method == "POST"
    form = SanctionsFileForm(request.POST, request.FILES) if posted else SanctionsFileForm()
    if posted:
        require(may_screen, request.user, otherwise=uploading.ONLY_KEEPERS)
        if form.is_valid():
            with refusal_beside(form):
                return redirect(uploading.upload_list(form.cleaned_data["file"], by=request.user))
    return SanctionsListTable(request).answer(
        form=form if may_upload else None, in_force=list_in_force()
    )


@login_required
@require_safe
def sanctions_list(request: PersonRequest, pk: int) -> HttpResponse:
    """How far a list is read; once it is, what it says, and whether it is in force."""
    found = _found(request, pk)
    current = list_in_force()
    is_current = found == current
    context = {
        "sanctions_list": found,
        "is_current": is_current,
        "is_older": not found.in_force_at and is_older(found, current),
        "may_put_in_force": found.may_be_put_in_force and may_screen.test(request.user),
        "sample": found.listed.order_by("pk").prefetch_related("aliases")[:_SHOWN],
        "waiting": number_due() if is_current else 0,
    }
    return render(request, "screening/sanctions_list.html", context)


@login_required
@require_POST
def put_in_force(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a list be the one by which payees are screened."""
    found = uploading.put_in_force(_found(request, pk), by=request.user)
    messages.success(request, _("The list is in force. Everybody who is paid is screened anew."))
    return redirect(found)


@login_required
@require_safe
def download(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The file as it was uploaded."""
    found = _found(request, pk)
    return private_file(
        request,
        found.file,
        name=found.name,
        content_type=found.content_type,
        sha256=found.sha256,
    )


def _found(request: PersonRequest, pk: int) -> SanctionsList:
    return get_object_or_404(lists_visible_to(request.user), pk=pk)
