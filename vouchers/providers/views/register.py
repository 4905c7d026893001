"""The consultants of an officer's countries, and the accounts on which they are paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from accounts.permissions import is_officer
from clusters.queries import countries_reached_by
from conduct.actions import require
from conduct.queries.history import timeline
from conduct.views import refusal_beside
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order
from vouchers.providers import queries
from vouchers.providers.actions import accounts as actions
from vouchers.providers.actions import facts
from vouchers.providers.forms import (
    DistinctForm,
    ProviderFactsForm,
    ProviderFileForm,
    ProviderFilters,
    ProviderForm,
)
from vouchers.providers.models import Provider, ProviderUpdate
from vouchers.providers.panels import shown_changes
from vouchers.providers.permissions import may_register_provider, may_verify_provider_account


class ProviderList(ListPage):
    """The consultants of an officer's countries."""

    request: PersonRequest

    name = "providers"
    title = gettext_lazy("Providers")
    template = "providers/list.html"
    filter_class = ProviderFilters
    orders: Mapping[str, Order] = {"name": Order(gettext_lazy("Name"), ("name",))}
    columns = (
        Column("name", gettext_lazy("Name"), value=lambda one: one.name, width=36),
        Column("own_name", gettext_lazy("Name in its own script"), value=lambda one: one.own_name),
        Column("town", gettext_lazy("Town"), value=lambda one: one.town),
        Column(
            "registration",
            gettext_lazy("Registration number"),
            kind=Kind.TEXT,
            value=lambda one: one.registration_number,
        ),
        Column("vat", gettext_lazy("VAT number"), kind=Kind.TEXT, value=lambda one: one.vat_number),
        Column(
            "expertise",
            gettext_lazy("Expertise"),
            value=lambda one: ", ".join(one.expertise_names),
        ),
        Column("sectors", gettext_lazy("Sectors"), value=lambda one: ", ".join(one.sector_names)),
        Column(
            "languages",
            gettext_lazy("Working languages"),
            value=lambda one: ", ".join(one.language_names),
        ),
        Column("country", gettext_lazy("Country"), value=lambda one: one.country_id),
        Column(
            "email", gettext_lazy("E-mail address"), kind=Kind.TEXT, value=lambda one: one.email
        ),
        Column(
            "account",
            gettext_lazy("Bank account"),
            kind=Kind.TEXT,
            value=lambda one: one.account.masked if one.account else "",
        ),
        Column(
            "verified",
            pgettext_lazy("bank account", "verified"),
            kind=Kind.YES_NO,
            value=lambda one: bool(one.account and one.account.verified_at),
        ),
    )

    def records(self) -> QuerySet[Provider]:
        return queries.providers_in(self.request.user.officer_countries)

    def with_facts(self, records: QuerySet[Provider]) -> QuerySet[Provider]:
        return queries.with_accounts(records)

    def offered(self) -> Mapping[str, Any]:
        countries = countries_reached_by(self.request.user)
        return {"country": countries.items() if len(countries) > 1 else None}


@login_required
def providers(request: PersonRequest) -> HttpResponseBase:
    """The consultants of an officer's countries, and a form for another."""
    if not is_officer.test(request.user):
        raise Http404
    countries = list(request.user.officer_countries)
    form = ProviderForm(request.POST or None, countries=countries)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            entered = {k: v for k, v in form.cleaned_data.items() if k != "is_another"}
            found = actions.register_provider(by=request.user, **entered)
            messages.success(
                request,
                _(
                    "The provider is registered; clusters can choose it. A second person verifies "
                    "the account."
                ),
            )
            return redirect(found)
    return ProviderList(request).answer(form=form)


@login_required
@never_cache
def provider(request: PersonRequest, pk: int) -> HttpResponse:
    """One consultant: the account that stands, who verified it, and those that it replaced."""
    found = get_object_or_404(queries.providers_visible_to(request.user), pk=pk)
    return provider_page(request, found)


def provider_page(
    request: PersonRequest, found: Provider, *, status: int = 200, **extra: Any
) -> HttpResponse:
    """The page of a provider, with what was refused on it in `extra`."""
    account = found.account
    update = queries.last_update_of(found)
    waits = update is not None and update.state == ProviderUpdate.State.WAITING
    waiting = account is not None and account.verified_at is None
    context = {
        "provider": found,
        "account": account,
        "earlier": [one for one in found.accounts.all() if one.replaced_at is not None],
        "others": queries.providers_on_account(account) if account else [],
        "may_change": may_register_provider.test(request.user, found.country_id),
        "alike": queries.providers_like(found),
        "distinct_form": DistinctForm(),
        "may_verify": waiting and may_verify_provider_account.test(request.user, account),
        "link": queries.link_of_provider(found),
        "update": update if waits else None,
        "changes": shown_changes(update) if update and waits else [],
        "files": queries.files_of_provider(found),
        "file_form": ProviderFileForm(),
        "entries": timeline(
            found,
            *(*found.accounts.all(), *found.links.all(), *found.owners.all()),
            *(*found.updates.all(), *found.files.all()),
        ),
        **extra,
    }
    return render(request, "providers/provider.html", context, status=status)


@login_required
@never_cache
def describe(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep what the register says of a provider, and who owns it."""
    found = get_object_or_404(queries.providers_visible_to(request.user), pk=pk)
    require(may_register_provider, request.user, found.country_id)
    form = ProviderFactsForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            facts.describe_provider(found, owners=form.owners(), by=request.user, **form.facts())
            messages.success(request, _("The register is up to date."))
            return redirect(found)
    # Read again: the form has written what was typed onto the other.
    standing = queries.providers_visible_to(request.user).get(pk=found.pk)
    return render(request, "providers/describe.html", {"form": form, "provider": standing})


@login_required
@require_POST
def tell_apart(request: PersonRequest, pk: int, other_pk: int) -> HttpResponse:
    """Keep that two providers that look alike are not the same."""
    visible = queries.providers_visible_to(request.user)
    found = get_object_or_404(visible, pk=pk)
    other = {one.pk: one for one, _why in queries.providers_like(found)}.get(other_pk)
    if other is None:
        raise Http404
    facts.tell_providers_apart(found, other, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("It is kept that they are two providers."))
    return redirect(found)
