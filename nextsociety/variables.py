"""What environment variables mean, and what is refused of them. Knows no setting."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

# Connections are kept so long, in seconds, and asked whether they live before they are used.
CONNECTION_SECONDS = 60


def hosts(text: str) -> list[str]:
    """The names of a comma-separated list, without blanks and empty places."""
    return [name for part in text.split(",") if (name := part.strip())]


def public_address(url: str, allowed_hosts: list[str]) -> str:
    """`SITE_URL` of production, checked: https, a host that is allowed, nothing after it.

    Raises ImproperlyConfigured, saying what it should be.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise ImproperlyConfigured(
            f"SITE_URL is {url}, and must be the public address with https://, such as "
            "https://vouchers.example.org: letters and messages link to it."
        )
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"SITE_URL is {url}, and must end with the host.")
    if not validate_host(parts.hostname, allowed_hosts):
        raise ImproperlyConfigured(
            f"SITE_URL names {parts.hostname}, which is not among ALLOWED_HOSTS "
            f"({', '.join(allowed_hosts)})."
        )
    return url


def database(url: str, password: str = "", *, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's description of the database of a URL.

    `password` replaces what the URL says: it may hold any sign, which in a URL must be written as
    %2F and the like. Raises ImproperlyConfigured when the URL of the variable `name` cannot be read.
    """
    try:
        found = dj_database_url.parse(url, conn_max_age=CONNECTION_SECONDS, conn_health_checks=True)
    except (ValueError, KeyError):
        # Without its cause, which shows a part of the password.
        raise ImproperlyConfigured(
            f"{name} cannot be read: it should be postgresql://user:password@host/name. Signs such as "
            "/ @ : # % in a password are written as %2F %40 %3A %23 %25, or the password is given "
            "apart, in DATABASE_PASSWORD."
        ) from None
    if password:
        found["PASSWORD"] = password
    return dict(found)
