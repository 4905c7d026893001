"""What a provider sends by its own link."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from links.actions import issue_link
from tests.making import PDF
from vouchers.providers.actions.facts import FACTS
from vouchers.providers.actions.files import add_provider_file
from vouchers.providers.actions.updates import send_update
from vouchers.providers.models import ProviderFile, ProviderLink, ProviderUpdate
from vouchers.providers.tasks import mail_provider_link


def sent_by_provider(link: ProviderLink) -> tuple[ProviderFile, ProviderUpdate]:
    """A file and an update that a provider sent by its own link."""
    file = SimpleUploadedFile("cv.pdf", PDF, content_type="application/pdf")
    own_file = add_provider_file(link.provider, upload=file, by=link)
    told = {name: getattr(link.provider, name) for name in FACTS}
    return own_file, send_update(link.provider, facts={**told, "town": "Zahlé"}, owners=[], by=link)


def linked(told):
    """The link to the page of the story's provider, mailed to the address in the register; its secret."""
    told.provider.email = "amal@example.org"
    told.provider.save()
    link = ProviderLink(provider=told.provider, name="Amal", email=told.provider.email)
    return issue_link(link, task=mail_provider_link, by=told.officer)
