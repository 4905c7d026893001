"""Providers' accounts: checked as clusters' are, verified by a second person, told when changed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import grant_role
from clusters.models import Country
from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import on
from demonstration.content.accounts import bank_account
from notices.models import Notice
from tests.making import cast_of_all
from tests.people import log_in, person
from vouchers.providers.actions.accounts import (
    change_provider_account,
    register_provider,
    verify_provider_account,
)
from vouchers.providers.actions.telling import send_change_of_account
from vouchers.providers.models import Provider, ProviderAccount
from vouchers.providers.queries import accounts_to_verify, never_told, providers_visible_to
from vouchers.providers.tasks import sweep_untold_providers

pytestmark = pytest.mark.django_db

LEBANESE, MOROCCAN, TUNISIAN = (bank_account(code, 3) for code in ("LB", "MA", "TN"))
NEXT = bank_account("LB", 4)
FRENCH = "FR1420041010050500013M02606"


@pytest.fixture
def cast():
    return cast_of_all()


@pytest.fixture
def officer(cast):
    return cast.officer("LB")


def register(cast, country="LB", account=LEBANESE, **more):
    return register_provider(
        Country.objects.get(code=country),
        name=more.pop("name", "Cedar Consulting"),
        email=more.pop("email", "old@example.org"),
        bank_account=account,
        by=more.pop("by", cast.officer(country)),
        **more,
    )


def change(provider, by, account=NEXT, **more):
    more.setdefault("reason", "They have moved.")
    return change_provider_account(provider, bank_account=account, by=by, **more)


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


# --- A second person ----------------------------------------------------------------------------
def test_a_second_officer_or_a_coordinator_verifies(cast, officer):
    second = person(role="officer", country="LB")
    for verifier in (second, cast.coordinators[0]):
        account = register(cast, name=f"For {verifier}").accounts.get()
        verified = verify_provider_account(account, by=verifier)
        assert (verified.verified_by, verified.verified_at is not None) == (verifier, True)
        with pytest.raises(OutOfOrder, match="verified already"):
            verify_provider_account(account, by=verifier)


def test_nobody_verifies_what_they_entered_whatever_roles_they_hold(cast, officer):
    grant_role(officer, "coordinator", by=None)
    officer = type(officer).objects.get(pk=officer.pk)
    account = register(cast, by=officer).accounts.get()
    with pytest.raises(NotAllowed, match="Somebody else"):
        verify_provider_account(account, by=officer)
    with pytest.raises(IntegrityError, match="of_their_own"), transaction.atomic():
        ProviderAccount.objects.update(verified_by=officer, verified_at=timezone.now())


@pytest.mark.parametrize("role", ["finance", "auditor", "administrator", "assessor"])
def test_who_orders_money_or_only_reads_verifies_no_account(cast, role):
    account = register(cast).accounts.get()
    with pytest.raises(NotAllowed):
        verify_provider_account(account, by=person(role=role))


def test_an_officer_of_another_country_neither_enters_nor_verifies(cast):
    foreign = cast.officer("MA")
    provider = register(cast)
    with pytest.raises(NotAllowed):
        verify_provider_account(provider.accounts.get(), by=foreign)
    with pytest.raises(NotAllowed):
        change(provider, foreign)
    with pytest.raises(NotAllowed):
        register(cast, by=foreign)


def test_whoever_may_verify_is_told_and_finds_it_waiting(cast, officer):
    account = register(cast).accounts.get()
    told = {notice.recipient for notice in Notice.objects.filter(kind="payment-account-to-verify")}
    assert told == set(cast.coordinators)
    assert list(accounts_to_verify(cast.coordinators[0])) == [account]
    assert list(accounts_to_verify(officer)) == []
    assert list(accounts_to_verify(cast.officer("MA"))) == []
    second = person(role="officer", country="LB")
    assert list(accounts_to_verify(second)) == [account]
    change(account.provider, officer)
    assert Notice.objects.filter(kind="payment-account-to-verify", recipient=second).count() == 1
    verify_provider_account(account.provider.accounts.get(replaced_at=None), by=second)
    assert list(accounts_to_verify(second)) == []


# --- Changing -----------------------------------------------------------------------------------
def test_a_change_is_a_new_row_that_is_verified_anew(cast, officer):
    provider = register(cast)
    first = provider.accounts.get()
    verify_provider_account(first, by=cast.coordinators[0])
    account = change(provider, officer)
    first.refresh_from_db()
    assert (first.account, first.replaced_at is not None) == (LEBANESE, True)
    assert (account.account, account.verified_at, account.reason, account.holder) == (
        bank_account("LB", 4),
        None,
        "They have moved.",
        "Cedar Consulting",
    )
    with pytest.raises(OutOfOrder, match="replaced"):
        verify_provider_account(first, by=cast.coordinators[1])


def test_a_change_says_why_and_changes_something(cast, officer):
    provider = register(cast)
    with pytest.raises(Refused, match="Say why") as refused:
        change(provider, officer, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(Refused, match="account already"):
        change(provider, officer, account=LEBANESE)
    assert change(provider, officer, account=LEBANESE, holder="Cedar SARL").holder == "Cedar SARL"


@pytest.mark.parametrize(
    "field", ["account", "provider_id", "holder", "entered_by", "told_contact"]
)
def test_the_database_never_rewrites_an_account(cast, field):
    account = register(cast).accounts.get()
    other = register(cast, name="Other", account=bank_account("LB", 9))
    values = {"provider_id": other.pk, "entered_by": cast.coordinators[0]}
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        ProviderAccount.objects.filter(pk=account.pk).update(**{field: values.get(field, "x")})
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        account.delete()


def test_the_contact_that_stood_before_is_told_even_if_it_is_changed_as_well(cast, officer):
    provider = register(cast)
    account = change(provider, officer, email="new@example.org")
    provider.refresh_from_db()
    assert provider.email == "new@example.org"
    assert send_change_of_account(account.pk) is True
    (message,) = mail.outbox
    assert message.to == ["old@example.org"]
    assert str(officer) in message.body
    assert account.account[-4:] in message.body
    assert account.account not in message.body
    assert message.body.count("THE NEXT SOCIETY · Cluster Booster Track") == 3
    assert send_change_of_account(account.pk) is False
    assert len(mail.outbox) == 1


def test_the_first_account_is_told_to_nobody_nor_one_without_a_contact(cast, officer):
    first = register(cast).accounts.get()
    without = register(cast, name="Other", email="", account=bank_account("LB", 9))
    account = change(without, officer, account=bank_account("LB", 10))
    assert send_change_of_account(first.pk) is False
    assert send_change_of_account(account.pk) is False
    assert mail.outbox == []


def test_what_a_dead_worker_left_is_told_by_the_sweeper(cast, officer):
    account = change(register(cast), officer)
    assert list(never_told()) == []
    later = timezone.now() + timedelta(minutes=2)
    with on(later):
        assert list(never_told()) == [account]
        assert sweep_untold_providers() == 1
    send_change_of_account(account.pk)
    with on(later):
        assert sweep_untold_providers() == 0


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
