"""A lost second factor, a stolen account: what administrators do about them, and with whom."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.actions import (
    confirm_reset,
    deactivate,
    log_out_everywhere,
    reactivate,
    reset_factors,
    withdraw_reset,
)
from accounts.models import FactorReset, Role
from conduct.actions import NotAllowed, OutOfOrder, Refused
from conduct.queries.history import timeline
from notices.actions.sending import send_notice
from notices.models import Notice
from tests.people import PASSWORD, log_in, person

pytestmark = pytest.mark.django_db

WHY = "She called me from the number in our contract."


@pytest.fixture
def administrator():
    return person(role=Role.ADMINISTRATOR, name="Ada Min")


@pytest.fixture
def second():
    return person(role=Role.ADMINISTRATOR, name="Adam Min")


@pytest.fixture
def officer():
    return person("nadine@example.org", role=Role.OFFICER, country="LB", name="Nadine Saab")


def address(name, who):
    return reverse(f"accounts:{name}", args=[who.pk])


def has_factor(who):
    return Authenticator.objects.filter(user=who).exists()


def is_logged_in(client):
    return client.get("/profile/").status_code == 200


# --- Resetting factors ----------------------------------------------------------------------------
def test_factors_of_staff_are_reset_by_two_administrators(administrator, second, officer):
    session = log_in(Client(), officer)
    reset = reset_factors(officer, by=administrator, reason=WHY)
    assert has_factor(officer)
    assert is_logged_in(session)
    assert Notice.objects.get(kind="factors-to-reset").recipient == second
    for somebody in (administrator, officer, person(role=Role.COORDINATOR)):
        with pytest.raises(NotAllowed):
            confirm_reset(reset, by=somebody)
    confirm_reset(reset, by=second)
    assert not has_factor(officer)
    assert not is_logged_in(session)
    with pytest.raises(OutOfOrder):
        confirm_reset(reset, by=second)


def test_afterwards_the_old_password_alone_opens_nothing(administrator, second, officer, client):
    confirm_reset(reset_factors(officer, by=administrator, reason=WHY), by=second)
    client.post(reverse("account_login"), {"login": officer.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    # Who has the mailbox chooses another one, and then sets a factor up.
    client.post(reverse("account_reset_password"), {"email": officer.email})
    message = next(m for m in mail.outbox if "password/reset/key" in m.body)
    assert message.to == [officer.email]
    link = next(word for word in message.body.split() if "password/reset/key" in word)
    page = client.get(link.partition("//")[2].partition("/")[2].join(["/", ""]), follow=True)
    new = "seven-green-olive-trees"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    client.post(reverse("account_login"), {"login": officer.email, "password": new})
    assert client.get("/profile/").url == reverse("mfa_index")


def test_who_represents_a_cluster_needs_one_administrator(administrator):
    rana = person()
    TOTP.activate(rana, generate_totp_secret())
    assert reset_factors(rana, by=administrator, reason=WHY) is None
    assert not has_factor(rana)
    notice = Notice.objects.get(recipient=rana, kind="factors-reset")
    send_notice(notice.pk)
    notice.refresh_from_db()
    assert WHY in notice.body


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FINANCE, Role.AUDITOR, None])
def test_nobody_but_administrators_touches_accounts(role, officer):
    somebody = person(role=role)
    for step in (reset_factors, log_out_everywhere, deactivate, reactivate):
        with pytest.raises(NotAllowed):
            step(officer, by=somebody, reason=WHY)
    assert has_factor(officer)


def test_nobody_looks_after_their_own_account(administrator, second):
    for step in (reset_factors, log_out_everywhere, deactivate, reactivate):
        with pytest.raises(NotAllowed, match="your own account"):
            step(administrator, by=administrator, reason=WHY)


def test_a_reset_has_a_reason_and_waits_once(administrator, second, officer):
    with pytest.raises(Refused, match="Say why"):
        reset_factors(officer, by=administrator, reason="  ")
    reset = reset_factors(officer, by=administrator, reason=WHY)
    with pytest.raises(Refused, match="waits already"):
        reset_factors(officer, by=second, reason=WHY)
    withdraw_reset(reset, by=second)
    assert reset_factors(officer, by=second, reason=WHY).pk != reset.pk
    with pytest.raises(OutOfOrder):
        confirm_reset(reset, by=second)
    assert has_factor(officer)


def test_the_database_wants_a_second_administrator_too(administrator, officer):
    for confirmed_by in (administrator, officer):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactorReset.objects.create(
                person=officer,
                reason=WHY,
                asked_by=administrator,
                confirmed_by=confirmed_by,
                confirmed_at="2026-01-01T00:00Z",
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.create(person=administrator, reason=WHY, asked_by=administrator)


# --- Sessions and accounts ------------------------------------------------------------------------
def test_every_session_ends_and_a_new_one_can_begin(administrator):
    rana = person()
    sessions = [log_in(Client(), rana), log_in(Client(), rana)]
    log_out_everywhere(rana, by=administrator, reason="Her bag was stolen.")
    assert not any(is_logged_in(session) for session in sessions)
    assert is_logged_in(log_in(Client(), type(rana).objects.get(pk=rana.pk)))
    entry = timeline(rana)[0]
    assert (entry.who, entry.why) == (administrator, "Her bag was stolen.")


def test_a_shut_account_lets_nobody_in_until_it_is_opened(administrator, officer, client):
    session = log_in(Client(), officer)
    deactivate(officer, by=administrator, reason="Stolen")
    assert not is_logged_in(session)
    typed = {"login": officer.email, "password": PASSWORD}
    client.post(reverse("account_login"), typed)
    client.get("/profile/")
    assert "_auth_user_id" not in client.session
    with pytest.raises(OutOfOrder):
        deactivate(officer, by=administrator, reason="Stolen")
    reactivate(officer, by=administrator, reason="Found")
    with pytest.raises(OutOfOrder):
        reactivate(officer, by=administrator, reason="Found")
    client.post(reverse("account_login"), typed)
    assert client.get(reverse("mfa_authenticate")).status_code == 200


def test_the_last_administrator_is_not_shut_out(administrator):
    with pytest.raises(Refused, match="last administrator"):
        deactivate(administrator, by=None, reason="x")


def test_administrators_and_coordinators_hear_of_it(administrator, second, officer):
    coordinator = person(role=Role.COORDINATOR)
    deactivate(officer, by=administrator, reason="Stolen")
    told = Notice.objects.filter(kind="account-deactivated")
    assert {notice.recipient for notice in told} == {administrator, second, coordinator}
    notice = told.first()
    send_notice(notice.pk)
    notice.refresh_from_db()
    assert "Ada Min" in notice.body
    assert "Stolen" in notice.body


# --- The command line -----------------------------------------------------------------------------
def test_the_command_line_helps_the_first_administrator(administrator):
    session = log_in(Client(), administrator)
    call_command("recover_account", "reset-factors", administrator.email.upper(), reason="Lost")
    assert not has_factor(administrator)
    assert not is_logged_in(session)
    with pytest.raises(CommandError, match="last administrator"):
        call_command("recover_account", "deactivate", administrator.email, reason="x")
    with pytest.raises(CommandError, match="no account"):
        call_command("recover_account", "end-sessions", "nobody@example.org", reason="x")


def test_the_command_line_shuts_and_opens(officer, administrator):
    call_command("recover_account", "deactivate", officer.email, reason="Stolen")
    officer.refresh_from_db()
    assert not officer.is_active
    call_command("recover_account", "reactivate", officer.email, reason="Found")
    call_command("recover_account", "end-sessions", officer.email, reason="To be sure")
    officer.refresh_from_db()
    assert (officer.is_active, officer.session_round) == (True, 2)


# --- The pages ------------------------------------------------------------------------------------
def test_the_page_leads_two_administrators_through_a_reset(client, administrator, second, officer):
    log_in(client, administrator)
    shown = client.get(address("account", officer)).content.decode()
    assert "Authenticator app" in shown
    answer = client.post(address("reset_factors", officer), {"reason": WHY}, follow=True)
    shown = answer.content.decode()
    assert WHY in shown
    assert "Confirm the reset" not in shown
    assert client.post(address("confirm_reset", officer)).status_code == 403
    log_in(client, second)
    assert "Confirm the reset" in client.get(address("account", officer)).content.decode()
    client.post(address("confirm_reset", officer))
    assert not has_factor(officer)
    assert "Confirm the reset" not in client.get(address("account", officer)).content.decode()


def test_the_page_refuses_asks_why_and_shuts(client, administrator, second, officer):
    reset_factors(officer, by=second, reason=WHY)
    log_in(client, administrator)
    client.post(address("withdraw_reset", officer))
    assert has_factor(officer)
    assert (
        "reason"
        in client.post(address("deactivate", officer), {"reason": ""}).context["form"].errors
    )
    client.post(address("log_out", officer), {"reason": "Stolen"})
    client.post(address("deactivate", officer), {"reason": "Stolen"})
    officer.refresh_from_db()
    assert (officer.is_active, officer.session_round) == (False, 2)
    assert "deactivated" in client.get("/people/").content.decode()
    client.post(address("reactivate", officer), {"reason": "Found"})
    officer.refresh_from_db()
    assert officer.is_active


def test_ones_own_page_offers_nothing(client, administrator):
    log_in(client, administrator)
    shown = client.get(address("account", administrator)).content.decode()
    assert "Log out everywhere" not in shown
    assert client.get(address("deactivate", administrator)).status_code == 403
