"""Whoever holds a role has a second factor, except in the demonstration."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from django.urls import reverse

from accounts.actions import grant_role, revoke_role
from accounts.models import Role, RoleGrant
from tests.people import PASSWORD, code_of_app, log_in, person

pytestmark = pytest.mark.django_db

PROFILE = "/profile/"


def person_without_second_factor():
    user = person()
    grant_role(user, Role.COORDINATOR, by=None)
    return user


def test_a_role_without_a_second_factor_leads_to_setting_one_up(client):
    log_in(client, person_without_second_factor())
    response = client.get(PROFILE)
    assert (response.status_code, response.url) == (302, reverse("mfa_index"))


def test_a_role_with_a_second_factor_passes(client):
    log_in(client, person(role=Role.COORDINATOR))
    assert client.get(PROFILE).context["form"].instance.email


def test_a_person_without_a_role_needs_no_second_factor(client):
    log_in(client, person())
    assert client.get(PROFILE).context["form"].instance.email


def test_the_demonstration_asks_for_none(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    log_in(client, person_without_second_factor())
    assert client.get(PROFILE).context["form"].instance.email


def test_recovery_codes_alone_do_not_count(client):
    user = person_without_second_factor()
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0}
    )
    assert log_in(client, user).get(PROFILE).url == reverse("mfa_index")


@pytest.mark.parametrize("name", ["mfa_index", "account_logout"])
def test_what_leads_to_a_second_factor_or_out_stays_open(client, name):
    log_in(client, person_without_second_factor())
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert response.resolver_match.view_name == name


def test_the_language_can_be_switched_meanwhile(client):
    user = person_without_second_factor()
    log_in(client, user).post(reverse("set_language"), {"language": "ar"})
    user.refresh_from_db()
    assert user.language == "ar"


def test_a_request_in_the_background_sends_the_whole_page_there(client):
    log_in(client, person_without_second_factor())
    response = client.get(PROFILE, headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == reverse("mfa_index")


def test_losing_the_role_lifts_the_requirement(client):
    user = person_without_second_factor()
    revoke_role(RoleGrant.objects.get(user=user), by=person(role=Role.ADMINISTRATOR), reason="left")
    assert log_in(client, user).get(PROFILE).status_code == 200


@pytest.mark.usefixtures("told_at_once")
def test_an_app_is_set_up_and_then_asked_for_at_log_in(client):
    user = person_without_second_factor()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert page.context["totp_svg_data_uri"].startswith("data:image/svg+xml")
    client.post(reverse("mfa_activate_totp"), {"code": code_of_app(secret)})
    assert client.get(PROFILE).status_code == 200

    stored = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored

    client.logout()
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code_of_app(secret)})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_code_logs_in_once_for_as_long_as_it_would_be_right(client):
    user, secret = person(), generate_totp_secret()
    app = TOTP.activate(user, secret)
    code, given = code_of_app(secret), {"login": user.email, "password": PASSWORD}
    client.post(reverse("account_login"), given)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.session["_auth_user_id"] == str(user.pk)
    kept = cache.make_key(app._get_used_cache_key(code))
    # A code passes in its own period of 30 s, and in one on either side.
    assert cache._cache.get_client().ttl(kept) > 60
    client.logout()
    client.post(reverse("account_login"), given)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("told_at_once")
def test_a_code_is_taken_from_any_keyboard(client):
    user = person()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = code_of_app(secret).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    client.post(reverse("mfa_activate_totp"), {"code": f"\u200f{code[:3]}\u00a0{code[3:]}\u200f"})
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def test_the_last_second_factor_of_a_role_cannot_be_removed(client):
    user = person(role=Role.FINANCE)
    log_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).count() == 1


def test_a_secret_outlives_a_change_of_the_secret_key(settings):
    user = person(role=Role.FINANCE)
    authenticator = Authenticator.objects.get(user=user)
    from_before = settings.SECRET_KEY
    secret = decrypt(authenticator.data["secret"])
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [from_before]
    assert decrypt(authenticator.data["secret"]) == secret
