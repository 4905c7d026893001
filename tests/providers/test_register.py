"""The register of providers: its facts, owners, those that look alike, and the days an account cools."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, Refused
from tests.people import log_in, person
from tests.providers.registering import LEBANESE, cast, officer, register
from vouchers.providers.actions.accounts import verify_provider_account
from vouchers.providers.actions.facts import describe_provider, tell_providers_apart
from vouchers.providers.models import BeneficialOwner, Provider, ProviderAccount
from vouchers.providers.queries import providers_like

__all__ = ["cast", "officer"]

pytestmark = pytest.mark.django_db


# --- Facts --------------------------------------------------------------------------------------
def test_numbers_are_compared_without_blanks_and_in_any_digits(cast, officer):
    provider = describe_provider(
        register(cast), vat_number="LB ١٢٣ 456-٧", registration_number="RC-00 12", by=officer
    )
    assert (provider.vat_code, provider.registration_code) == ("lb1234567", "rc0012")
    assert provider.vat_number == "LB ١٢٣ 456-٧"


def test_only_who_keeps_the_list_describes(cast):
    provider = register(cast)
    for stranger in (cast.officer("MA"), cast.coordinators[0], person(role="auditor")):
        with pytest.raises(NotAllowed):
            describe_provider(provider, town="Beirut", by=stranger)


def test_a_day_rate_goes_from_less_to_more(cast, officer):
    provider = register(cast)
    with pytest.raises(Exception, match="lower to the higher"):
        describe_provider(provider, rate_from=Decimal(500), rate_to=Decimal(400), by=officer)
    with pytest.raises(IntegrityError, match="less_to_more"), transaction.atomic():
        Provider.objects.update(rate_from=500, rate_to=400)


def test_owners_hold_101_percent_never(cast, officer):
    provider = register(cast)
    whole = [("Amal", Decimal(60)), ("Nour", Decimal(40))]
    describe_provider(provider, owners=whole, by=officer)
    with pytest.raises(Refused, match="come to 101 %"):
        describe_provider(
            provider, owners=[("Amal", Decimal(60)), ("Nour", Decimal(41))], by=officer
        )
    assert [(one.name, one.share) for one in provider.owners.order_by("pk")] == whole
    with pytest.raises(IntegrityError, match="at most"), transaction.atomic():
        BeneficialOwner.objects.create(provider=provider, name="Third", share=25)
    with pytest.raises(IntegrityError, match="quarter"), transaction.atomic():
        BeneficialOwner.objects.filter(name="Nour").update(share=24)


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(client, cast, officer):
    provider = register(cast)
    log_in(client, officer)
    typed = {
        "name": "Cedar Consulting",
        "own_name": "الأرز للاستشارات",
        "kind": "firm",
        "town": "Zahlé",
        "owner_0": "Amal",
        "share_0": "٦٠",
        "owner_1": "Nour",
        "share_1": "41",
        "vat_number": "1 2",
        "expertise": ["digital", "finance"],
        "rate_from": "400",
        "rate_to": "650",
    }
    address = reverse("providers:describe", args=[provider.pk])
    page = client.post(address, typed)
    said = page.content.decode()
    assert "come to 101 %" in said
    assert "Zahlé" in said
    assert "الأرز للاستشارات" in said
    page = client.post(address, typed | {"share_1": "40"}, follow=True).content.decode()
    assert "up to date" in page
    assert "finance" in page
    assert [one.share for one in provider.owners.all()] == [60, 40]
    again = client.get(address).content.decode()
    assert "Zahlé" in again
    found = client.get(reverse("providers:list"), {"text": "الارز"}).content.decode()
    assert "Cedar Consulting" in found


# --- Alike --------------------------------------------------------------------------------------
def test_two_of_one_name_in_either_script_or_one_number_look_alike(cast, officer):
    first = describe_provider(register(cast), own_name="مكتب الأرز", vat_number="12 34", by=officer)
    same = register(cast, name="Cedar Consultting SAL")
    arabic = describe_provider(register(cast, name="Bureau X"), own_name="مكتب الارز", by=officer)
    number = describe_provider(register(cast, name="Other"), vat_number="١٢٣٤", by=officer)
    assert dict(providers_like(first)) == {same: "name", arabic: "name", number: "number"}


def test_what_was_told_apart_is_kept(client, cast, officer):
    first, second = register(cast), register(cast, name="Cedar Consulting SAL")
    log_in(client, officer)
    assert "is called like this provider" in client.get(first.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="how it is known"):
        tell_providers_apart(second, first, reason=" ", by=officer)
    page = client.post(
        reverse("providers:tell_apart", args=[second.pk, first.pk]),
        {"reason": "Two registers."},
        follow=True,
    ).content.decode()
    assert "they are two providers" in page
    assert "is called like" not in page
    assert providers_like(first) == []


def test_who_enters_one_that_is_there_is_asked_and_loses_nothing(client, cast, officer):
    register(cast)
    log_in(client, officer)
    typed = {
        "country": "LB",
        "name": "Cedar Consulting SAL",
        "bank_account": LEBANESE,
        "email": "new@example.org",
    }
    page = client.post(reverse("providers:list"), typed).content.decode()
    assert "look like it: Cedar Consulting." in page
    assert LEBANESE in page.replace(" ", "")
    assert Provider.objects.count() == 1
    client.post(reverse("providers:list"), typed | {"is_another": "on"})
    assert Provider.objects.count() == 2


# --- Cooling ------------------------------------------------------------------------------------
@pytest.mark.parametrize("days", [0, 3])
def test_an_account_is_usable_some_days_after_it_is_verified(cast, settings, days):
    settings.ACCOUNT_COOLING_DAYS = days
    account = register(cast).accounts.get()
    assert not account.is_usable
    assert not account.is_cooling
    account = verify_provider_account(account, by=cast.coordinators[0])
    assert account.usable_from - account.verified_at == timedelta(days=days)
    assert (account.is_usable, account.is_cooling) == (not days, bool(days))


def test_the_page_says_from_when_an_account_is_usable(client, cast, officer):
    account = register(cast).accounts.get()
    verify_provider_account(account, by=cast.coordinators[0])
    log_in(client, officer)
    page = client.get(account.provider.get_absolute_url()).content.decode()
    assert "Usable from" in page
    assert "cooling down" in page


def test_the_database_keeps_the_cooling_time(cast):
    account = verify_provider_account(register(cast).accounts.get(), by=cast.coordinators[0])
    with pytest.raises(IntegrityError, match="usable_from"), transaction.atomic():
        ProviderAccount.objects.filter(pk=account.pk).update(usable_from=timezone.now())
