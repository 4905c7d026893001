"""A consultant's own page, by its personal link: what the register says, and what it should say."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from conduct.actions import Refused
from conduct.views import refusal_beside
from files.views.serving import kept_file
from links.views import LinkPage
from vouchers.providers import queries
from vouchers.providers.actions import files, updates
from vouchers.providers.forms import ProviderFactsForm, ProviderFileForm
from vouchers.providers.models import ProviderFile, ProviderLink
from vouchers.providers.panels import shown_changes


class OwnProviderPage(LinkPage[ProviderLink]):
    """A page of the link's provider."""

    model = ProviderLink

    def found_file(self, pk: int) -> ProviderFile:
        """A file that stands in the register of the link's provider. Raises Http404."""
        found = queries.files_of_provider(self.link.provider).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def back(self) -> HttpResponse:
        return redirect("providers:own", self.kwargs["secret"])


class OwnPage(OwnProviderPage):
    """What the programme holds of a provider, for the provider itself."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page, with the account that stands."""
        return self.shown(request, ProviderFileForm())

    def shown(
        self, request: HttpRequest, file_form: ProviderFileForm, status: int = 200
    ) -> HttpResponse:
        """The page, with what was chosen to be added where it was refused."""
        found = self.link.provider
        update = queries.last_update_of(found)
        context = {
            "link": self.link,
            "provider": found,
            "account": found.account,
            "secret": self.kwargs["secret"],
            "update": update,
            "changes": shown_changes(update) if update else [],
            "files": queries.files_of_provider(found),
            "file_form": file_form,
        }
        return render(request, "providers/own.html", context, status=status)


class OwnFacts(OwnProviderPage):
    """What the register should say: sent to the country partner, who takes it over."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._answered(request, None)

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._answered(request, request.POST)

    def _answered(self, request: HttpRequest, typed: Any) -> HttpResponse:
        found = self.link.provider
        form = ProviderFactsForm(typed, instance=found)
        if form.is_valid():
            with refusal_beside(form):
                updates.send_update(found, facts=form.facts(), owners=form.owners(), by=self.link)
                messages.success(
                    request, _("Your country partner has it, and takes it over or says why not.")
                )
                return self.back()
        context = {"link": self.link, "form": form, "secret": self.kwargs["secret"]}
        return render(request, "providers/own_facts.html", context)


class AddOwnFile(OwnPage):
    """Adding a profile or a curriculum vitae."""

    def get(self, request: HttpRequest) -> HttpResponse:  # noqa: ARG002 - of the page
        return self.back()

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ProviderFileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                files.add_provider_file(
                    self.link.provider, upload=form.cleaned_data["upload"], by=self.link
                )
            except Refused as refusal:
                form.add_error("upload", str(refusal))
            else:
                messages.success(request, _("The file is added. Your country partner approves it."))
                return self.back()
        return self.shown(request, form, status=400)


class RemoveOwnFile(OwnProviderPage):
    """Taking a file out again."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            files.remove_provider_file(self.found_file(pk), by=self.link)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The file is taken out."))
        return self.back()


class OwnProviderFile(OwnProviderPage):
    """A file of the provider, as it was added."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        found = self.found_file(pk)
        return kept_file(request, found)
