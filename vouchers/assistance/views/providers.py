"""The consultants of an officer's countries."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.permissions import is_officer
from records.views import refusal_beside
from vouchers.assistance import actions, queries
from vouchers.assistance.forms.providers import ProviderForm

ROWS = 20


@login_required
def providers(request: HttpRequest) -> HttpResponse:
    """The consultants of an officer's countries, and a form for another."""
    if not is_officer.test(request.user):
        raise Http404
    countries = list(request.user.officer_countries)
    form = ProviderForm(request.POST or None, countries=countries)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.register_provider(by=request.user, **form.cleaned_data)
            messages.success(request, _("The provider is registered; clusters can choose it."))
            return redirect("assistance:providers")
    page = Paginator(queries.providers_in(countries), ROWS).get_page(request.GET.get("page"))
    return render(request, "assistance/providers.html", {"form": form, "page": page})
