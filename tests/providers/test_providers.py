"""Registering providers and their accounts."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from demonstration.content.accounts import bank_account
from tests.people import log_in, person
from tests.providers.registering import LEBANESE, MOROCCAN, TUNISIAN, cast, officer, register
from vouchers.providers.models import Provider
from vouchers.providers.queries import providers_visible_to

__all__ = ["cast", "officer"]

pytestmark = pytest.mark.django_db


FRENCH = "FR1420041010050500013M02606"


# --- The rules of the countries ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("LB", LEBANESE, LEBANESE),
        ("LB", f"{LEBANESE[:4].lower()} {LEBANESE[4:12]}-{LEBANESE[12:]}", LEBANESE),
        ("MA", MOROCCAN, MOROCCAN),
        ("MA", MOROCCAN.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")), MOROCCAN),
        ("TN", TUNISIAN, TUNISIAN),
        ("TN", TUNISIAN[4:], TUNISIAN),
        ("TN", "10 006 0351835984788 31", "TN5910006035183598478831"),
    ],
)
def test_an_account_is_kept_as_those_of_clusters(cast, country, typed, kept):
    account = register(cast, country, typed).accounts.get()
    assert (account.account, account.foreign_reason, account.verified_at) == (kept, "", None)


def slip(number):
    at = len(number) // 2
    return f"{number[:at]}{(int(number[at]) + 1) % 10}{number[at + 1 :]}"


@pytest.mark.parametrize(
    ("country", "typed", "sentence"),
    [
        ("LB", LEBANESE[:-1], "exactly 28 characters"),
        ("LB", slip(LEBANESE), "check digits do not fit"),
        ("LB", LEBANESE[2:], "begins with LB"),
        ("LB", "MA64011519000001205000534921", "Morocco has no IBAN"),
        ("LB", slip(FRENCH[:-3]) + "606", "not an IBAN|check digits"),
        ("MA", MOROCCAN[:-1], "exactly 24 digits"),
        ("MA", slip(MOROCCAN), "the key"),
        ("MA", "MA64011519000001205000534921", "Morocco has no IBAN"),
        ("TN", "TN6610006035183598478899", "do not fit"),
        ("TN", slip(TUNISIAN[4:]), "the key"),
        ("TN", TUNISIAN[4:-1], "exactly 20 digits"),
        ("TN", MOROCCAN, "exactly 20 digits"),
        ("LB", "", "Write the account"),
    ],
)
def test_what_is_wrong_is_named_beside_the_account(cast, country, typed, sentence):
    with pytest.raises(ValidationError) as refused:
        register(cast, country, typed)
    (problem,) = refused.value.message_dict["bank_account"]
    assert any(part in problem for part in sentence.split("|"))
    assert not Provider.objects.exists()


@pytest.mark.parametrize(
    ("country", "typed", "lies_in"),
    [("LB", FRENCH, "FR"), ("LB", MOROCCAN, "MA"), ("MA", LEBANESE, "LB"), ("TN", FRENCH, "FR")],
)
def test_an_account_in_another_country_needs_a_reason(cast, country, typed, lies_in):
    with pytest.raises(ValidationError) as refused:
        register(cast, country, typed)
    assert f"({lies_in})" in refused.value.message_dict["foreign_reason"][0]
    account = register(cast, country, typed, foreign_reason="Their seat is there.").accounts.get()
    assert (account.account, account.foreign_reason) == (typed, "Their seat is there.")


def test_a_moroccan_rib_of_a_tunisian_provider_is_taken_with_a_reason(cast):
    account = register(cast, "TN", MOROCCAN, foreign_reason="Their seat.").accounts.get()
    assert account.account == MOROCCAN


def test_a_reason_that_is_not_needed_is_not_kept(cast):
    assert register(cast, foreign_reason="Whatever").accounts.get().foreign_reason == ""


def test_a_name_is_registered_once_in_a_country(cast):
    register(cast)
    with pytest.raises(ValidationError, match="of this name already"):
        register(cast)


# --- Pages --------------------------------------------------------------------------------------
def test_who_reads_accounts_of_providers(cast, officer):
    provider = register(cast)
    for reader in (officer, cast.coordinators[0], cast.finance[0], person(role="auditor")):
        assert list(providers_visible_to(reader)) == [provider]
    for other in (cast.officer("MA"), person(role="assessor"), person()):
        assert list(providers_visible_to(other)) == []


def test_an_account_is_registered_changed_and_verified_on_pages(client, cast, officer):
    log_in(client, officer)
    typed = {"country": "LB", "name": "Cedar Consulting", "email": "old@example.org"}
    page = client.post(reverse("providers:list"), {**typed, "bank_account": FRENCH})
    html = page.content.decode()
    assert "error_1_id_foreign_reason" in html
    assert f'value="{FRENCH}"' in html
    answer = client.post(reverse("providers:list"), {**typed, "bank_account": LEBANESE})
    provider = Provider.objects.get()
    assert answer.url == provider.get_absolute_url()
    html = client.get(provider.get_absolute_url()).content.decode()
    assert "A second person verifies the account" in html
    assert "I have compared them" not in html
    verifier = cast.coordinators[0]
    log_in(client, verifier)
    assert "I have compared them" in client.get(provider.get_absolute_url()).content.decode()
    assert "Verify accounts of providers" in client.get("/").content.decode()
    account = provider.accounts.get()
    client.post(reverse("providers:verify_account", args=[account.pk]))
    account.refresh_from_db()
    assert account.verified_by == verifier
    log_in(client, officer)
    address = reverse("providers:change_account", args=[provider.pk])
    html = client.post(address, {"bank_account": slip(LEBANESE), "reason": "Kept"}).content.decode()
    assert "error_1_id_bank_account" in html
    assert "Kept" in html
    client.post(address, {"bank_account": bank_account("LB", 4), "reason": "They have moved."})
    html = client.get(provider.get_absolute_url()).content.decode()
    assert "They have moved." in html
    assert "Earlier accounts" in html
    listed = client.get(reverse("providers:list")).content.decode()
    assert bank_account("LB", 4) not in listed
    assert f"…{bank_account('LB', 4)[-4:]}" in listed


def test_strangers_find_no_provider(client, cast):
    provider = register(cast)
    account = provider.accounts.get()
    for stranger in (cast.officer("MA"), person(), person(role="assessor")):
        log_in(client, stranger)
        assert client.get(provider.get_absolute_url()).status_code == 404
        address = reverse("providers:change_account", args=[provider.pk])
        assert client.get(address).status_code == 404
        verify = reverse("providers:verify_account", args=[account.pk])
        assert client.post(verify).status_code == 404
    log_in(client, cast.finance[0])
    assert client.get(provider.get_absolute_url()).status_code == 200
    assert client.get(address).status_code == 403
    verify = reverse("providers:verify_account", args=[account.pk])
    assert client.post(verify).status_code == 403
    assert client.get(verify).status_code == 405


def test_another_provider_on_the_same_account_is_shown(client, cast, officer):
    register(cast)
    other = register(cast, name="Cedar Consulting SARL")
    log_in(client, officer)
    html = client.get(other.get_absolute_url()).content.decode()
    assert "Other providers have or had this account" in html
    assert "Cedar Consulting</bdi>" in html
