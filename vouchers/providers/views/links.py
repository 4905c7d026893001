"""The personal link of a consultant: sent and withdrawn by who keeps the register."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from vouchers.providers import queries
from vouchers.providers.actions import links


@login_required
@require_POST
def send_link(request: PersonRequest, pk: int) -> HttpResponse:
    """Mail a provider the link to its own page, in the language that was chosen."""
    found = get_object_or_404(queries.providers_visible_to(request.user), pk=pk)
    language = request.POST.get("language", "")
    language = language if language in dict(settings.LANGUAGES) else "en"
    link = links.send_provider_link(found, by=request.user, language=language)
    messages.success(request, _("The link goes to %(email)s.") % {"email": link.email})
    return redirect(found)


@login_required
@require_POST
def withdraw_link(request: PersonRequest, pk: int) -> HttpResponse:
    """End a provider's link (`pk`) at once."""
    visible = queries.providers_visible_to(request.user)
    link = get_object_or_404(queries.links_of(visible), pk=pk)
    links.withdraw_provider_link(link, by=request.user)
    messages.success(request, _("The link opens nothing any more."))
    return redirect(link.provider)
