"""What `manage.py check --deploy` says of the seal. It runs where the workers do: they hold the key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.checks import CheckMessage, Warning, register  # noqa: A004 - Django's own name
from django.utils import timezone

from documents.sealing import is_sealing

TAG = "seal"
# A certificate of a trust service takes some weeks to be had.
SOON = timedelta(days=60)


@register(TAG, deploy=True)
def check_seal(**_called_with: Any) -> list[CheckMessage]:
    """Whether letters are sealed, and for how long they will be."""
    # Here, and not above: pyHanko takes a third of a second to be loaded.
    from documents.sealing.keys import NoSeal, sealing_key  # noqa: PLC0415

    if not is_sealing():
        return [
            Warning(
                "Letters are issued without an electronic seal.",
                hint="Name a certificate in SEAL_CERTIFICATE (docs/letters.md).",
                id="documents.W001",
            )
        ]
    try:
        key = sealing_key()
    except NoSeal as reason:
        return [
            Warning(f"Letters wait for their seal: {reason}", hint=_HINT, id="documents.W002"),
        ]
    found: list[CheckMessage] = []
    if key.is_self_made:
        found.append(
            Warning(
                "The certificate of the seal was made by whoever uses it: nobody vouches for it.",
                hint="Ask a trust service for a certificate for electronic seals (eIDAS).",
                id="documents.W003",
            )
        )
    if key.valid_until < timezone.now() + SOON:
        found.append(
            Warning(
                f"The certificate of the seal expires on {key.valid_until:%Y-%m-%d}.",
                hint=_HINT,
                id="documents.W004",
            )
        )
    return found


_HINT = "Put a file that serves in its place: workers read it again by themselves."
