"""What every e-mail that the portal writes by itself says of itself, and who reports on it."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac


def automatic_headers(name: str, key: int | UUID) -> dict[str, str]:
    """The headers of the e-mail of a row (what it is called, and its key).

    Its Message-ID is the same however often it is made, so that a mail server recognises a second
    copy; and no person awaits an answer to it.
    """
    host = urlsplit(settings.SITE_URL).hostname
    return {
        "Message-ID": f"<{name}-{proven_key(name, key)}@{host}>",
        "Auto-Submitted": "auto-generated",
    }


def proven_key(name: str, key: int | UUID) -> str:
    """The key of a row as its e-mail bears it.

    Numbers can be guessed. So a proof follows that only who got the mail can have: whoever writes to the
    mailbox for bounces cannot report on mails of others.
    """
    return str(key) if isinstance(key, UUID) else f"{key}-{_proof(name, str(key))}"


def row_key(name: str, proven: str) -> str | None:
    """The number of the row that a mail called `name` bears; None without its proof."""
    key, _dash, proof = proven.partition("-")
    return key if key.isdecimal() and constant_time_compare(proof, _proof(name, key)) else None


def envelope() -> tuple[str, dict[str, str]]:
    """The sender of the envelope, to whom servers report, and the header that readers see instead."""
    if not settings.BOUNCE_ADDRESS:
        return settings.DEFAULT_FROM_EMAIL, {}
    return settings.BOUNCE_ADDRESS, {"From": settings.DEFAULT_FROM_EMAIL}


def _proof(name: str, key: str) -> str:
    return salted_hmac("jobs.letters.headers", f"{name}-{key}").hexdigest()[:16]
