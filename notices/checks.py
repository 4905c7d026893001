"""What `manage.py check --deploy` says of e-mails that come back: whether anybody hears of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register  # noqa: A004 - Django's own name

TAG = "mail"
_HINT = (
    "Set BOUNCE_ADDRESS with its BOUNCE_MAILBOX, or MAIL_EVENTS_SECRET where a delivery service sends"
    " (docs/deployment.md)."
)


@register(TAG, deploy=True)
def check_bounces(**_called_with: Any) -> list[CheckMessage]:
    """Whether what comes back is reported to the portal."""
    if settings.MAIL_EVENTS_SECRET:
        return []
    if not settings.BOUNCE_ADDRESS:
        return [
            Warning(
                "E-mails that come back go to the sender's address, where the portal hears of none.",
                hint=_HINT,
                id="notices.W001",
            )
        ]
    if not settings.BOUNCE_MAILBOX:
        return [
            Warning(
                f"Nobody reads {settings.BOUNCE_ADDRESS}, where e-mails that come back go.",
                hint=_HINT,
                id="notices.W002",
            )
        ]
    if settings.BOUNCE_MAILBOX.startswith("imap://"):
        return [
            Warning(
                "The password of the mailbox for bounces is told to its server unencrypted.",
                hint="Write imaps://, unless the server runs on the same machine.",
                id="notices.W003",
            )
        ]
    return []
