"""Accounts of providers: verified by a second person, changed as a new row, told to the old contact."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import grant_role
from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import on
from demonstration.content.accounts import bank_account
from notices.models import Notice
from tests.people import person
from tests.providers.registering import LEBANESE, cast, officer, register
from vouchers.providers.actions.accounts import (
    change_provider_account,
    verify_provider_account,
)
from vouchers.providers.models import ProviderAccount
from vouchers.providers.queries import accounts_to_verify, untold_accounts
from vouchers.providers.tasks import sweep_untold_providers, tell_provider

__all__ = ["cast", "officer"]

pytestmark = pytest.mark.django_db


NEXT = bank_account("LB", 4)


def change(provider, by, account=NEXT, **more):
    more.setdefault("reason", "They have moved.")
    return change_provider_account(provider, bank_account=account, by=by, **more)


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
    tell_provider(account.pk)
    (message,) = mail.outbox
    assert message.to == ["old@example.org"]
    assert str(officer) in message.body
    assert account.account[-4:] in message.body
    assert account.account not in message.body
    assert message.body.count("THE NEXT SOCIETY · Cluster Booster Track") == 3
    tell_provider(account.pk)
    assert len(mail.outbox) == 1


def test_the_first_account_is_told_to_nobody_nor_one_without_a_contact(cast, officer):
    first = register(cast).accounts.get()
    without = register(cast, name="Other", email="", account=bank_account("LB", 9))
    account = change(without, officer, account=bank_account("LB", 10))
    tell_provider(first.pk)
    tell_provider(account.pk)
    assert mail.outbox == []


def test_what_a_dead_worker_left_is_told_by_the_sweeper(cast, officer):
    account = change(register(cast), officer)
    assert list(untold_accounts()) == [account]
    assert sweep_untold_providers() == 0
    later = timezone.now() + timedelta(minutes=2)
    with on(later):
        assert sweep_untold_providers() == 1
    tell_provider(account.pk)
    with on(later):
        assert sweep_untold_providers() == 0
