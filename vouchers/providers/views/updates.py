"""What a consultant sent by its own link, as its country partner decides on it; and files."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import NotAllowed, Refused, require
from files.views.serving import kept_file
from vouchers.providers import queries
from vouchers.providers.actions import files, updates
from vouchers.providers.forms import ProviderFileForm
from vouchers.providers.models import ProviderFile, ProviderUpdate
from vouchers.providers.permissions import may_keep_files

from .register import provider_page


@login_required
@require_POST
def take_update_over(request: PersonRequest, pk: int) -> HttpResponse:
    """Write into the register what the provider sent."""
    update = _update(request, pk)
    try:
        updates.take_update_over(update, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The register is up to date."))
    return redirect(update.provider)


@login_required
@require_POST
def return_update(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave the register as it is, for a reason that the provider reads."""
    update = _update(request, pk)
    reason = request.POST.get("reason", "")
    try:
        updates.return_update(update, reason=reason, by=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        return provider_page(
            request, update.provider, refused=str(refusal), reason=reason, status=409
        )
    messages.success(request, _("The register stays as it is. The provider reads why."))
    return redirect(update.provider)


@login_required
@require_POST
def add_file(request: PersonRequest, pk: int) -> HttpResponse:
    """Add a profile or a curriculum vitae to a provider."""
    found = get_object_or_404(queries.providers_visible_to(request.user), pk=pk)
    require(may_keep_files, request.user, found)
    form = ProviderFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            files.add_provider_file(found, upload=form.cleaned_data["upload"], by=request.user)
        except Refused as refusal:
            form.add_error("upload", str(refusal))
        else:
            messages.success(request, _("The file is added."))
            return redirect(found)
    return provider_page(request, found, file_form=form, status=400)


@login_required
def provider_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A file of a provider."""
    found = _file(request, pk)
    return kept_file(request, found)


@login_required
@require_POST
def approve_file(request: PersonRequest, pk: int) -> HttpResponse:
    """Approve a file that came by the provider's link."""
    found = files.approve_provider_file(_file(request, pk), by=request.user)
    messages.success(request, _("The file is approved."))
    return redirect(found.provider)


@login_required
@require_POST
def remove_file(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a file out of the register."""
    found = files.remove_provider_file(_file(request, pk), by=request.user)
    messages.success(request, _("The file is taken out."))
    return redirect(found.provider)


def _update(request: PersonRequest, pk: int) -> ProviderUpdate:
    visible = queries.providers_visible_to(request.user)
    return get_object_or_404(queries.updates_of(visible), pk=pk)


def _file(request: PersonRequest, pk: int) -> ProviderFile:
    visible = queries.providers_visible_to(request.user)
    return get_object_or_404(queries.standing_files_of(visible), pk=pk)
