"""What a session has proven, and when it ends."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from accounts.actions import end_sessions, grant_role
from accounts.models import Role
from tests.people import PASSWORD, code_of_app, log_in, person

PROFILE = "/profile/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_at_once")]


def with_password(user):
    """A browser in which somebody typed the password of `user`, and nothing else yet."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def set_up_app(client):
    """Set an authenticator app up, as its page asks for it; the secret."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of_app(secret)})
    return secret


def is_logged_in(client):
    return client.get(PROFILE).status_code == 200


def coordinator():
    user = person()
    grant_role(user, Role.COORDINATOR, by=None)
    return user


# --- A stolen password, and the real person's second factor -------------------------------------
def test_a_session_that_knew_only_the_password_ends_when_a_factor_is_set_up_elsewhere():
    user = coordinator()
    thief, owner = with_password(user), with_password(user)
    assert thief.get(PROFILE).url == reverse("mfa_index")
    set_up_app(owner)
    assert is_logged_in(owner)
    assert reverse("account_login") in thief.get(PROFILE).url
    # Nor does the thief get in again.
    assert with_password(user).get(PROFILE).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "name",
    [
        "accounts:profile",
        "accounts:invite",
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "account_email",
        "account_change_password",
        "usersessions_list",
    ],
)
def test_a_session_without_the_factor_gets_no_further_than_proving_it(client, name, method):
    user = person(role=Role.COORDINATOR)
    log_in(client, user, methods=("password",))
    answer = getattr(client, method)(reverse(name), {"password": PASSWORD})
    assert answer.status_code == 302
    assert answer.url.startswith(f"{reverse('mfa_reauthenticate')}?next=")
    assert Authenticator.objects.filter(user=user).count() == 1


def test_the_factor_opens_the_page_that_was_asked_for(client):
    user = person(role=Role.COORDINATOR)
    secret = decrypt(Authenticator.objects.get(user=user).data["secret"])
    log_in(client, user, methods=("password",))
    asked = client.get("/profile/?from=letter").url
    assert asked == f"{reverse('mfa_reauthenticate')}?next=%2Fprofile%2F%3Ffrom%3Dletter"
    assert client.get(asked).status_code == 200
    opened = client.post(asked, {"code": code_of_app(secret), "next": "/profile/?from=letter"})
    assert opened.url == "/profile/?from=letter"
    assert is_logged_in(client)


def test_a_wrong_code_opens_nothing(client):
    user = person(role=Role.COORDINATOR)
    log_in(client, user, methods=("password",))
    client.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    assert not is_logged_in(client)


def test_who_has_a_passkey_alone_is_asked_for_it(client):
    user = person(role=Role.COORDINATOR)
    Authenticator.objects.filter(user=user).update(type=Authenticator.Type.WEBAUTHN)
    log_in(client, user, methods=("password",))
    assert client.get(PROFILE).url.startswith(reverse("mfa_reauthenticate_webauthn"))


def test_a_request_in_the_background_leads_the_whole_page_there(client):
    log_in(client, person(role=Role.COORDINATOR), methods=("password",))
    answer = client.get(PROFILE, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith(reverse("mfa_reauthenticate"))


def test_whoever_must_still_prove_it_can_log_out(client):
    log_in(client, person(role=Role.COORDINATOR), methods=("password",))
    assert client.post(reverse("account_logout")).url == "/"
    assert "_auth_user_id" not in client.session


# --- Changing a factor ends what was opened before -----------------------------------------------
def test_new_recovery_codes_end_every_other_session():
    user = person(role=Role.COORDINATOR)
    here, elsewhere = log_in(Client(), user), log_in(Client(), user)
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    here.post(reverse("mfa_generate_recovery_codes"))
    assert Authenticator.objects.filter(user=user, type="recovery_codes").exists()
    assert (is_logged_in(here), is_logged_in(elsewhere)) == (True, False)


def test_removing_a_factor_ends_every_other_session():
    user = person()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    here, elsewhere = log_in(Client(), user), log_in(Client(), user)
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    here.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user).exists()
    assert (is_logged_in(here), is_logged_in(elsewhere)) == (True, False)


def test_a_new_password_ends_every_other_session():
    user = person()
    here, elsewhere = with_password(user), with_password(user)
    new = "seven-green-olive-trees"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post(reverse("account_change_password"), typed)
    assert (is_logged_in(here), is_logged_in(elsewhere)) == (True, False)


def test_the_list_of_sessions_shows_what_lives():
    user = coordinator()
    _elsewhere, here = with_password(user), with_password(user)
    set_up_app(here)
    assert [row.session_key for row in UserSession.objects.filter(user=user)] == [
        here.session.session_key
    ]


def test_ended_sessions_are_ended_whether_they_are_listed_or_not(client):
    user = person()
    log_in(client, user)
    UserSession.objects.all().delete()
    assert end_sessions(user, by=None).session_round == 1
    assert not is_logged_in(client)


# --- A browser left open, and the address to which codes and links go ---------------------------------
@pytest.mark.parametrize("step", ["action_add", "action_primary", "action_remove"])
def test_the_addresses_of_an_account_change_for_who_gives_the_password_again(step):
    user = person("owner@example.org")
    second = EmailAddress.objects.create(user=user, email="second@example.org", verified=True)
    client = log_in(Client(), user)
    before = set(EmailAddress.objects.values_list("email", "primary"))
    email = "thief@example.org" if step == "action_add" else second.email
    answer = client.post(reverse("account_email"), {step: "", "email": email})
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert set(EmailAddress.objects.values_list("email", "primary")) == before
    # What was asked for is done once the password is given; nothing is typed twice.
    client.post(answer.url, {"password": PASSWORD})
    assert set(EmailAddress.objects.values_list("email", "primary")) != before
