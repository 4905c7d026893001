"""What every answer tells the browser about safety."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.middleware import PrivatePagesMiddleware
from accounts.models import Role
from tests.access.walking import addresses
from tests.people import PASSWORD, log_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(client):
    return client.get(reverse("account_login"))


def test_the_content_security_policy_allows_nothing_but_our_own(answer):
    policy = dict(
        directive.strip().split(" ", 1)
        for directive in answer.headers["Content-Security-Policy"].split(";")
    )
    assert policy == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "object-src": "'none'",
    }


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_the_other_headers_stand(answer, header, value):
    assert answer.headers[header] == value


def test_what_the_portal_does_not_use_is_switched_off(answer):
    policy = answer.headers["Permissions-Policy"]
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(policy.split(", "))
    # Passkeys are used.
    assert "publickey-credentials-get=(self)" in policy


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client):
    client.post(reverse("set_language"), {"language": "fr"})
    client.get(reverse("account_login"))
    assert set(client.cookies) == {"csrftoken", "django_language"}
    for cookie in client.cookies.values():
        assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Lax")


def kept(response):
    return {part.strip() for part in response.get("Cache-Control", "").split(",")}


def test_no_page_behind_a_log_in_is_kept_anywhere(client):
    log_in(client, person(role=Role.COORDINATOR))
    plain = [address for address in addresses() if not address.parameters]
    answers = {address.name: kept(client.get(reverse(address.name))) for address in plain}
    own = {name: kept(client.get(reverse(name))) for name in ("mfa_index", "account_email")}
    assert len(answers) > 20
    assert [name for name, said in (answers | own).items() if "no-store" not in said] == []


def test_neither_is_what_refuses_nor_what_logs_in_or_out(client):
    user = person()
    typed = {"login": user.email, "password": PASSWORD}
    assert "no-store" in kept(client.post(reverse("account_login"), typed))
    assert "no-store" in kept(client.get("/nothing/here/"))
    assert "no-store" in kept(client.get(reverse("accounts:people")))
    assert "no-store" in kept(client.post(reverse("account_logout")))


def test_a_public_page_may_be_kept_by_who_is_not_logged_in():
    assert "no-store" not in kept(Client().get(reverse("clusters:directory")))


@pytest.mark.parametrize(
    ("said", "kind", "stays"),
    [
        ("private, no-cache", "image/webp", True),
        ("public, max-age=300", "image/webp", True),
        ("private, no-cache", "text/html; charset=utf-8", False),
        ("public, max-age=300", "text/html; charset=utf-8", False),
        ("private, max-age=300", "image/webp", False),
        ("", "application/pdf", False),
    ],
)
def test_only_what_is_no_page_and_asked_about_or_public_is_kept(rf, said, kind, stays):
    answer = HttpResponse(content_type=kind)
    if said:
        answer["Cache-Control"] = said
    request = rf.get("/")
    request.user = person()
    PrivatePagesMiddleware(lambda _request: answer)(request)
    assert ("no-store" not in kept(answer)) is stays
