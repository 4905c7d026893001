"""Roles that decide or pay need the word of two people, neither of whom takes them up."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from accounts.actions import (
    accept_invitation,
    confirm_invitation,
    grant_role,
    invite_person,
    revoke_role,
)
from accounts.actions import mailing as mails
from accounts.models import CONFIRMED, Invitation, Role, RoleGrant
from conduct.actions import NotAllowed, OutOfOrder, Refused
from notices.actions.sending import send_notice
from notices.models import Notice
from tests.making import voucher_story
from tests.people import log_in, person
from vouchers.payments import actions as payments
from vouchers.payments.models import Claim

pytestmark = pytest.mark.django_db

INVITED = "rana@example.org"


@pytest.fixture
def administrator():
    return person(role=Role.ADMINISTRATOR, name="Ada Min")


@pytest.fixture
def coordinator():
    return person(role=Role.COORDINATOR, name="Cora Dina")


def country_of(role):
    return "LB" if role == Role.OFFICER else ""


def invited(role, by, email=INVITED):
    return invite_person(email, role, country_code=country_of(role), by=by)


# --- The attack of an administrator with accounts of their own making -----------------------------
def test_an_administrator_alone_brings_no_claim_to_paid():
    told = voucher_story("claimed 0")
    claim = Claim.objects.get()
    attacker = person("ada@example.org", role=Role.ADMINISTRATOR)
    puppets = {}
    for role in (Role.OFFICER, Role.COORDINATOR, Role.FINANCE, Role.ADMINISTRATOR):
        # Under an alias of the own account.
        alias = f"{role}.alias@example.org"
        offer = invited(role, attacker, alias)
        EmailAddress.objects.create(user=attacker, email=alias, verified=True)
        with pytest.raises(NotAllowed, match="gave themselves"):
            accept_invitation(offer, by=attacker)
        # In an account made for it.
        puppets[role] = person(f"{role}.puppet@example.org")
        offer = invited(role, attacker, puppets[role].email)
        with pytest.raises(OutOfOrder, match="second person"):
            accept_invitation(offer, by=puppets[role])
        for somebody in (attacker, *puppets.values()):
            with pytest.raises(NotAllowed):
                confirm_invitation(offer, by=somebody)
        with pytest.raises(NotAllowed, match="second person"):
            grant_role(puppets[role], role, country_code=country_of(role), by=attacker)
    # A role that needs no second word gives none either.
    reader = person()
    accept_invitation(invited(Role.AUDITOR, attacker, reader.email), by=reader)
    for offer in Invitation.objects.filter(accepted_at=None):
        with pytest.raises(NotAllowed):
            confirm_invitation(offer, by=reader)
    assert not any(puppet.is_staff_member for puppet in puppets.values())
    for somebody in (attacker, reader, *puppets.values()):
        for step in (
            lambda by: payments.verify_claim(claim, by=by),
            lambda by: payments.approve_claim(claim, by=by),
        ):
            with pytest.raises(NotAllowed):
                step(somebody)
    claim.refresh_from_db()
    assert claim.state == Claim.State.SUBMITTED
    # Everybody who could stop it was asked, and so told.
    for coordinator in told.cast.coordinators:
        assert Notice.objects.filter(recipient=coordinator, kind="role-to-confirm").count() == 8
        assert Notice.objects.filter(recipient=coordinator, kind="role-given").count() == 1


@pytest.mark.parametrize("role", sorted(CONFIRMED))
def test_the_database_keeps_such_grants_out_whatever_the_code_says(administrator, role):
    fields = {"role": role, "country_code": country_of(role), "granted_by": administrator}
    for who, more in (
        (person(), {}),
        (administrator, {"confirmed_at": "2026-01-01T00:00Z"}),
        (person(), {"confirmed_at": "2026-01-01T00:00Z", "confirmed_by": administrator}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(user=who, **fields, **more)
    puppet = person()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(
            user=puppet, **fields, confirmed_at="2026-01-01T00:00Z", confirmed_by=puppet
        )


def test_nobody_rewrites_or_deletes_who_gave_a_role(administrator):
    grant = RoleGrant.objects.get(user=administrator)
    for change in (
        lambda: RoleGrant.objects.filter(pk=grant.pk).update(granted_by=person()),
        lambda: RoleGrant.objects.filter(pk=grant.pk).delete(),
    ):
        with (
            pytest.raises(DatabaseError, match=r"never changes|Cannot delete"),
            transaction.atomic(),
        ):
            change()


# --- The second word ------------------------------------------------------------------------------
@pytest.mark.parametrize("role", sorted(CONFIRMED))
def test_the_message_waits_for_the_second_word(administrator, coordinator, role, mailoutbox):
    offer = invited(role, administrator)
    assert not mails.send_invitation(offer.pk)
    assert mailoutbox == []
    offer = confirm_invitation(offer, by=coordinator)
    assert mails.send_invitation(offer.pk)
    rana = person(INVITED)
    grant = accept_invitation(offer, by=rana)
    assert (grant.granted_by, grant.confirmed_by) == (administrator, coordinator)
    assert grant.confirmed_at is not None


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.AUDITOR])
def test_who_neither_decides_nor_pays_needs_one_word(administrator, role):
    assert accept_invitation(invited(role, administrator), by=person(INVITED)).role == role


@pytest.mark.parametrize("role", [Role.OFFICER, Role.FINANCE, Role.AUDITOR, Role.ASSESSOR, None])
def test_administrators_and_coordinators_alone_confirm(administrator, role):
    offer = invited(Role.FINANCE, administrator)
    somebody = person(role=role, country="LB" if role == Role.OFFICER else "")
    with pytest.raises(NotAllowed):
        confirm_invitation(offer, by=somebody)


def test_who_sent_it_does_not_confirm_it_nor_does_who_is_meant(administrator, coordinator):
    offer = invited(Role.OFFICER, coordinator)
    with pytest.raises(NotAllowed):
        confirm_invitation(offer, by=coordinator)
    EmailAddress.objects.create(user=administrator, email=INVITED, verified=True)
    with pytest.raises(Refused, match="of their own"):
        confirm_invitation(offer, by=administrator)


def test_who_confirmed_it_does_not_take_it_up_under_an_address_added_since(administrator):
    other = person(role=Role.ADMINISTRATOR)
    offer = confirm_invitation(invited(Role.ADMINISTRATOR, administrator), by=other)
    EmailAddress.objects.create(user=other, email=INVITED, verified=True)
    with pytest.raises(NotAllowed, match="gave themselves"):
        accept_invitation(offer, by=other)


def test_a_second_word_dies_with_the_role_of_who_gave_it(administrator, coordinator):
    offer = confirm_invitation(invited(Role.FINANCE, administrator), by=coordinator)
    revoke_role(RoleGrant.objects.get(user=coordinator), by=administrator, reason="left")
    with pytest.raises(OutOfOrder, match="no longer"):
        accept_invitation(offer, by=person(INVITED))


def test_nothing_is_confirmed_twice_or_needlessly(administrator, coordinator):
    offer = invited(Role.FINANCE, administrator)
    confirm_invitation(offer, by=coordinator)
    for waiting in (offer, invited(Role.AUDITOR, administrator)):
        with pytest.raises(OutOfOrder):
            confirm_invitation(waiting, by=coordinator)


def test_the_command_line_gives_the_second_word_where_nobody_else_is_there(administrator):
    offer = invited(Role.COORDINATOR, administrator)
    call_command("confirm_invitation", INVITED.upper(), "coordinator")
    grant = accept_invitation(offer, by=person(INVITED))
    assert (grant.granted_by, grant.confirmed_by) == (administrator, None)
    with pytest.raises(CommandError, match="no open invitation"):
        call_command("confirm_invitation", INVITED, "coordinator")


def test_the_first_administrator_comes_by_the_command_line_alone():
    call_command("invite_administrator", INVITED)
    grant = accept_invitation(Invitation.objects.get(), by=person(INVITED))
    assert (grant.role, grant.granted_by) == (Role.ADMINISTRATOR, None)


# --- Who hears of it, and where it stands ---------------------------------------------------------
def test_every_grant_is_told_to_all_administrators_and_coordinators(administrator, coordinator):
    others = [person(role=role) for role in (Role.ADMINISTRATOR, Role.COORDINATOR)]
    bystander = person(role=Role.FINANCE)
    rana = person(INVITED, name="Rana Khoury")
    grant = accept_invitation(invited(Role.ASSESSOR, coordinator), by=rana)
    for watcher in (administrator, coordinator, *others):
        notice = Notice.objects.get(recipient=watcher, kind="role-given")
        assert notice.facts["person"] == "Rana Khoury"
        assert notice.facts["giver"] == str(coordinator)
        send_notice(notice.pk)
        notice.refresh_from_db()
        assert "Rana Khoury (rana@example.org)" in notice.body
        assert "assessor" in notice.body
    assert not Notice.objects.filter(recipient__in=[bystander, rana]).exists()
    revoke_role(grant, by=administrator, reason="She moved.")
    assert Notice.objects.filter(kind="role-revoked").count() == 4


def test_who_invited_hears_that_it_was_taken_up(administrator):
    accept_invitation(invited(Role.AUDITOR, administrator), by=person(INVITED, name="Rana"))
    notice = Notice.objects.get(recipient=administrator, kind="invitation-accepted")
    assert (notice.facts["person"], notice.facts["email"]) == ("Rana", INVITED)


def test_the_page_shows_who_gave_what_and_what_waits(client, administrator, coordinator):
    invited(Role.FINANCE, administrator)
    page = reverse("accounts:roles")
    shown = log_in(client, coordinator).get(page).content.decode()
    assert INVITED in shown
    assert "Ada Min" in shown
    offer = Invitation.objects.get()
    assert client.post(reverse("accounts:confirm", args=[offer.pk])).url == page
    accept_invitation(offer, by=person(INVITED, name="Rana Khoury"))
    shown = client.get(page).content.decode()
    assert "Waiting for your word" not in shown
    row = shown[shown.index("Rana Khoury") :].partition("</tr>")[0]
    assert "finance officer" in row
    assert row.index("Ada Min") < row.index("Cora Dina")


def test_what_is_ones_own_to_send_is_not_ones_own_to_confirm(client, administrator):
    offer = invited(Role.FINANCE, administrator)
    log_in(client, administrator)
    assert client.post(reverse("accounts:confirm", args=[offer.pk])).status_code == 404
    assert INVITED not in client.get(reverse("accounts:roles")).content.decode()


def test_who_invites_is_told_that_a_second_word_is_needed(client, administrator):
    typed = {"email": INVITED, "role": "finance", "country_code": "", "language": "en"}
    answer = log_in(client, administrator).post(reverse("accounts:invite"), typed, follow=True)
    shown = answer.content.decode()
    assert "besides you confirms it" in shown
    assert "once somebody else confirms it" in shown


@pytest.mark.parametrize("role", [Role.OFFICER, Role.FINANCE, Role.ASSESSOR, None])
def test_nobody_else_sees_the_page(client, role):
    log_in(client, person(role=role, country="LB" if role == Role.OFFICER else ""))
    assert client.get(reverse("accounts:roles")).status_code == 404
