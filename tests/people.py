"""People for tests: made through the accounts actions, ready to log in."""

import time
from functools import cache
from itertools import count

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.contrib.auth.hashers import get_hasher, make_password
from django.test import Client

from accounts.actions import add_person, grant_role
from accounts.models import User

PASSWORD = "voucher-demo-2026"

_numbers = count(1)


@cache
def _hashed_password(algorithm: str) -> str:
    # Argon2 is slow on purpose; once is enough for a whole run. Not every room's tests know each way.
    return make_password(PASSWORD, hasher=algorithm)


def person(
    email: str | None = None,
    *,
    role: str | None = None,
    country: str = "",
    language: str = "en",
    name: str | None = None,
) -> User:
    """A person with a proven address and the password PASSWORD.

    With a `role` (and, for officers, the ISO code of the `country`) they hold it, and have the
    second factor that it requires. Call grant_role for further roles.
    """
    number = next(_numbers)
    user = add_person(
        email or f"person{number}@example.org", name or f"Person {number}", language=language
    )
    User.objects.filter(pk=user.pk).update(password=_hashed_password(get_hasher().algorithm))
    if role:
        grant_role(user, role, country_code=country, by=None)
        TOTP.activate(user, generate_totp_secret())
    return User.objects.get(pk=user.pk)


def code_of_app(secret: str) -> str:
    """The code that an app shows now: right for 30 s more at least, since a neighbour is accepted."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def log_in(client: Client, user: User, *, methods: tuple[str, ...] = ("password", "mfa")) -> Client:
    """The same client, logged in as `user` as if password and second factor had been given.

    With other `methods` (django-allauth's names) the session has proven just these.
    """
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": method, "at": time.time()} for method in methods
    ]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(user.pk)
    session.save()
    return client
