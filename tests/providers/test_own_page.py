"""A provider keeps its own entry up to date by its link, and the country partner takes it over."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.content.accounts import bank_account
from notices.models import Notice
from tests.links.linking import cast, linked, officer, proven, sent
from tests.making import PDF
from tests.people import log_in, person
from tests.providers.registering import MOROCCAN, register
from vouchers.providers.actions.accounts import change_provider_account
from vouchers.providers.actions.facts import describe_provider
from vouchers.providers.actions.files import approve_provider_file, remove_provider_file
from vouchers.providers.actions.updates import return_update, send_update, take_update_over
from vouchers.providers.models import ProviderFile, ProviderUpdate
from vouchers.providers.queries import waiting_by_providers

__all__ = ["cast", "linked", "officer"]

pytestmark = pytest.mark.django_db

TOLD = {
    "name": "Cedar Consulting",
    "own_name": "سيدار للاستشارات",
    "kind": "firm",
    "town": "Zahlé",
    "expertise": ["digital", "finance"],
    "sectors": ["C", "J"],
    "languages": ["ar", "fr"],
    "countries_served": ["LB", "TN"],
    "rate_from": "٤٠٠",
    "rate_to": "450,50",
    "owner_0": "Amal Saab",
    "share_0": "60",
}


@pytest.fixture
def browser(linked):
    """The provider's browser, and the secret of its link."""
    return proven(linked[1])


def own(linked, page="own", **more):
    secret = re.search(r"/own/([^/]+)/", linked[1])[1]
    return reverse(f"providers:{page}", kwargs={"secret": secret, **more})


def told(linked, browser, **more):
    """What the provider sends from its own page."""
    return browser.post(own(linked, "own_facts"), {**TOLD, **more})


def paper(name="cv.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_what_a_provider_sends_changes_the_register_once_it_is_taken_over(
    client, linked, browser, officer
):
    provider = linked[0].provider
    assert told(linked, browser)["Location"] == own(linked)
    page = browser.get(own(linked)).content.decode()
    assert "waits for the country partner" in page
    provider.refresh_from_db()
    assert (provider.town, provider.languages) == ("", [])
    update = ProviderUpdate.objects.get()
    assert set(update.facts) == set(TOLD) - {"name", "kind", "owner_0", "share_0"} | {"owners"}
    assert Notice.objects.get(kind="provider-update").recipient == officer
    assert list(waiting_by_providers(officer)) == [provider]

    log_in(client, officer)
    shown = unescape(client.get(provider.get_absolute_url()).content.decode())
    assert "Zahlé" in shown
    assert "450.50" in shown
    assert "Arabic, French" in shown
    assert "Lebanon, Tunisia" in shown
    assert "Amal Saab (60 %)" in shown
    assert "Take it over" in shown
    client.post(reverse("providers:take_update_over", args=[update.pk]))
    provider.refresh_from_db()
    assert provider.languages == ["ar", "fr"]
    assert (str(provider.rate_from), str(provider.rate_to)) == ("400.00", "450.50")
    assert [(one.name, one.share) for one in provider.owners.all()] == [("Amal Saab", 60)]
    assert not waiting_by_providers(officer)
    assert "taken over" in browser.get(own(linked)).content.decode()


def test_why_it_is_not_taken_over_is_read_by_the_provider(client, linked, browser, officer):
    told(linked, browser)
    update = ProviderUpdate.objects.get()
    log_in(client, officer)
    address = reverse("providers:return_update", args=[update.pk])
    refused = client.post(address, {"reason": "  "})
    assert refused.status_code == 409
    assert "Say why you do not take it over." in refused.content.decode()
    client.post(address, {"reason": "The register of commerce says another town."})
    assert "another town" in browser.get(own(linked)).content.decode()
    linked[0].provider.refresh_from_db()
    assert linked[0].provider.town == ""
    with pytest.raises(OutOfOrder):
        take_update_over(update, by=officer)


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(linked, browser):
    answer = told(linked, browser, rate_from="-5", share_0="12", owner_1="Nour", town="Tyre")
    html = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Not saved yet" in html
    assert 'value="Tyre"' in html
    assert 'value="-5"' in html
    assert "Say which share this owner holds." in html
    assert not ProviderUpdate.objects.exists()


def test_the_same_again_changes_nothing(linked, browser, officer):
    assert (
        b"Nothing is different"
        in browser.post(
            own(linked, "own_facts"), {"name": "Cedar Consulting", "kind": "firm"}
        ).content
    )
    told(linked, browser)
    told(linked, browser, town="Tripoli")
    states = ProviderUpdate.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["replaced", "waiting"]


def test_who_decides_sees_what_somebody_else_has_changed_since(client, linked, browser, officer):
    told(linked, browser)
    describe_provider(linked[0].provider, town="Batroun", by=officer)
    html = log_in(client, officer).get(linked[0].provider.get_absolute_url()).content.decode()
    assert "Changed since: <bdi>Batroun</bdi>" in html
    take_update_over(ProviderUpdate.objects.get(), by=officer)
    linked[0].provider.refresh_from_db()
    # What the provider did not touch stays as the officer wrote it.
    assert linked[0].provider.town == "Zahlé"


def test_another_country_reaches_nothing_of_it(client, cast, linked, browser):
    told(linked, browser)
    update = ProviderUpdate.objects.get()
    browser.post(own(linked, "add_own_file"), {"upload": paper()})
    file = ProviderFile.objects.get()
    for stranger in (cast.officer("MA"), cast.coordinators[0], person(role="auditor")):
        with pytest.raises(NotAllowed):
            take_update_over(update, by=stranger)
        with pytest.raises(NotAllowed):
            return_update(update, reason="No.", by=stranger)
        with pytest.raises(NotAllowed):
            approve_provider_file(file, by=stranger)
    log_in(client, cast.officer("MA"))
    for page in ("take_update_over", "return_update"):
        assert client.post(reverse(f"providers:{page}", args=[update.pk])).status_code == 404
    assert client.get(reverse("providers:file", args=[file.pk])).status_code == 404


def test_a_link_speaks_for_its_own_provider_only(cast, linked, browser):
    other = register(cast, "MA", account=MOROCCAN, name="Atlas Conseil")
    with pytest.raises(NotAllowed):
        send_update(other, facts={}, owners=[], by=linked[0])
    theirs = ProviderFile.objects.create(
        provider=other,
        file="x",
        name="x.pdf",
        size=1,
        added_by=cast.officer("MA"),
        approved_by=cast.officer("MA"),
        approved_at=other.accounts.get().entered_at,
    )
    assert browser.get(own(linked, "own_file", pk=theirs.pk)).status_code == 404
    assert browser.post(own(linked, "remove_own_file", pk=theirs.pk)).status_code == 404


def test_a_profile_is_added_by_the_link_approved_and_taken_out(client, linked, browser, officer):
    browser.post(own(linked, "add_own_file"), {"upload": paper()})
    file = ProviderFile.objects.get()
    assert (file.link, file.approved_at) == (linked[0], None)
    assert list(waiting_by_providers(officer)) == [linked[0].provider]
    log_in(client, officer)
    read = client.get(reverse("providers:file", args=[file.pk]))
    assert b"".join(read.streaming_content) == PDF
    client.post(reverse("providers:approve_file", args=[file.pk]))
    file.refresh_from_db()
    assert file.approved_by == officer
    assert "waits for approval" not in browser.get(own(linked)).content.decode()
    browser.post(own(linked, "remove_own_file", pk=file.pk))
    assert client.get(reverse("providers:file", args=[file.pk])).status_code == 404
    with pytest.raises(OutOfOrder):
        remove_provider_file(file, by=officer)


def test_a_file_that_is_none_is_refused_beside_the_field(client, linked, browser, officer):
    damaged = browser.post(own(linked, "add_own_file"), {"upload": paper(content=b"<html>")})
    assert damaged.status_code == 400
    assert 'id="error_1_id_upload"' in damaged.content.decode()
    nothing = browser.post(own(linked, "add_own_file"), {})
    assert "This field is required." in nothing.content.decode()
    log_in(client, officer)
    at = reverse("providers:add_file", args=[linked[0].provider.pk])
    assert client.post(at, {"upload": paper()})["Location"] == (
        linked[0].provider.get_absolute_url()
    )
    assert "This file is there already." in unescape(
        client.post(at, {"upload": paper()}).content.decode()
    )
    # What the officer added, the provider does not take out.
    added = ProviderFile.objects.get()
    with pytest.raises(Refused, match="ask there"):
        remove_provider_file(added, by=linked[0])


def test_the_register_is_searched_by_sector_and_language(client, cast, officer, linked):
    describe_provider(linked[0].provider, sectors=["C"], languages=["ar"], by=officer)
    register(cast, name="Byblos Advisers", account=bank_account("LB", 4))
    log_in(client, officer)
    for asked in ({"sector": "C"}, {"language": "ar"}):
        html = client.get(reverse("providers:list"), asked).content.decode()
        assert "Cedar Consulting" in html
        assert "Byblos" not in html
    assert (
        "Cedar Consulting"
        not in client.get(reverse("providers:list"), {"language": "fr"})
        .content.decode()
        .split("<tbody")[-1]
    )


def test_the_database_keeps_who_decided(linked, browser, officer):
    told(linked, browser)
    for change in ({"state": "taken_over"}, {"decided_by": officer}):
        with pytest.raises(IntegrityError, match="says_who_decided"), transaction.atomic():
            ProviderUpdate.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProviderUpdate.objects.update(facts={})


def test_a_mailbox_that_the_register_names_no_more_opens_nothing(linked, browser, officer):
    """An account and its contact are changed because somebody else reads the mail: their link ends."""
    provider = linked[0].provider
    assert browser.get(own(linked)).status_code == 200
    change_provider_account(
        provider,
        bank_account=bank_account("LB", 9),
        reason="The mailbox was taken over; called back on the number of the register.",
        email="new@cedar.example",
        by=officer,
    )
    for page in ("own", "own_facts"):
        assert browser.get(own(linked, page)).status_code == 410
    assert told(linked, browser).status_code == 410
    assert not ProviderUpdate.objects.exists()
    # Sent anew, it goes to the address that stands.
    link, address = sent(provider, officer)
    assert link.email == "new@cedar.example"
    assert proven(address).get(address).status_code == 200
