"""What every answer tells the browser about safety."""

import pytest
from django.urls import reverse

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
