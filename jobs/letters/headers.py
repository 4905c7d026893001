"""What every e-mail that the portal writes by itself says of itself."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings


def automatic_headers(name: str, key: int | UUID) -> dict[str, str]:
    """The headers of the e-mail of a row (what it is called, and its key).

    Its Message-ID is the same however often it is made, so that a mail server recognises a second
    copy; and no person awaits an answer to it.
    """
    host = urlsplit(settings.SITE_URL).hostname
    return {"Message-ID": f"<{name}-{key}@{host}>", "Auto-Submitted": "auto-generated"}
