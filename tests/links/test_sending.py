"""Sending personal links: by whom, to whom, once, and what is kept."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder, Refused
from jobs.kinds import kind_called
from links.actions import extend_link
from tests.links.linking import cast, linked, officer, sent
from tests.people import log_in, person
from tests.providers.registering import register
from vouchers.providers.actions.links import send_provider_link, withdraw_provider_link
from vouchers.providers.models import ProviderLink
from vouchers.providers.tasks import LINKS, mail_provider_link

__all__ = ["cast", "linked", "officer"]

pytestmark = pytest.mark.django_db


def test_a_worker_that_died_sends_the_same_link_again(cast, officer, monkeypatch):
    link = send_provider_link(register(cast), by=officer)
    said = []
    with monkeypatch.context() as broken:
        broken.setattr(
            "django.core.mail.EmailMessage.send", lambda mail: said.append(mail.body) or 1 / 0
        )
        mail_provider_link(link.pk)
    link.refresh_from_db()
    assert (link.mailed_at, bool(link.seed)) == (None, True)
    mail_provider_link(link.pk)
    assert mail.outbox[-1].body == said[0]
    mail_provider_link(link.pk)
    assert len(mail.outbox) == 1


def test_a_lost_link_is_found_by_the_sweeper(cast, officer):
    link = send_provider_link(register(cast), by=officer)
    assert LINKS.claim_due(timezone.now() + timedelta(minutes=3)) == [link.pk]
    assert kind_called("provider-links").waiting_since() == link.issued_at


def test_a_withdrawn_link_is_not_mailed(cast, officer):
    link = withdraw_provider_link(send_provider_link(register(cast), by=officer), by=officer)
    mail_provider_link(link.pk)
    assert mail.outbox == []
    with pytest.raises(OutOfOrder, match="ended already"):
        withdraw_provider_link(link, by=officer)


def test_only_who_keeps_the_list_sends_and_ends(cast, linked):
    link, _address = linked
    for stranger in (cast.officer("MA"), cast.coordinators[0], person(role="auditor")):
        with pytest.raises(NotAllowed):
            send_provider_link(link.provider, by=stranger)
        with pytest.raises(NotAllowed):
            withdraw_provider_link(link, by=stranger)


def test_a_provider_without_an_address_gets_none(cast, officer):
    with pytest.raises(Refused, match="no e-mail address"):
        send_provider_link(register(cast, email=""), by=officer)


def test_the_database_keeps_no_secret_once_it_is_mailed_and_one_link_for_each(linked, officer):
    link, _address = linked
    with pytest.raises(IntegrityError, match="forgets_its_secret"), transaction.atomic():
        ProviderLink.objects.update(seed="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProviderLink.objects.update(email="stranger@example.org")
    with pytest.raises(IntegrityError, match="one_link_stands"), transaction.atomic():
        ProviderLink.objects.create(
            provider=link.provider,
            name="x",
            email="x@example.org",
            digest="0" * 64,
            expires_at=timezone.now() + timedelta(days=1),
        )


def test_a_link_works_longer_but_never_shorter_nor_again(linked, officer):
    link, _address = linked
    later = link.expires_at + timedelta(days=9)
    assert extend_link(link, until=later, by=officer).expires_at == later
    assert extend_link(link, until=timezone.now(), by=officer).expires_at == later
    withdraw_provider_link(link, by=officer)
    with pytest.raises(OutOfOrder):
        extend_link(link, until=later, by=officer)


def test_an_officer_sends_and_withdraws_on_the_providers_page(client, cast, officer):
    provider = register(cast)
    log_in(client, officer)
    page = client.post(
        reverse("providers:send_link", args=[provider.pk]), {"language": "fr"}, follow=True
    )
    assert "The link goes to old@example.org" in page.content.decode()
    link = ProviderLink.objects.get()
    assert link.language == "fr"
    page = client.post(reverse("providers:withdraw_link", args=[link.pk]), follow=True)
    assert "opens nothing any more" in page.content.decode()
    newer, _path = sent(provider, officer)
    log_in(client, cast.officer("MA"))
    assert client.post(reverse("providers:withdraw_link", args=[newer.pk])).status_code == 404
