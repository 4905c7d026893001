"""Writing an e-mail to somebody who is no user, from its templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from .headers import automatic_headers, envelope, proven_key


def written(
    templates: str,
    facts: dict[str, Any],
    *,
    to: str,
    languages: Sequence[str],
    row: tuple[str, int | UUID],
) -> EmailMessage:
    """The e-mail of a `row` (what it is called, and its key), in one or more `languages`.

    It is written from `<templates>.subject.txt` and `<templates>.body.txt`, which see the `facts`. What
    comes back of it goes to BOUNCE_ADDRESS, where the portal has one (`notices.mails`).
    """
    subjects, bodies = [], []
    for language in languages:
        with translation.override(language):
            subjects.append(render_to_string(f"{templates}.subject.txt", facts))
            bodies.append(render_to_string(f"{templates}.body.txt", facts))
    from_email, sender = envelope()
    message = EmailMessage(
        subject=" · ".join(" ".join(subject.split()) for subject in subjects),
        body="\n\n".join(body.strip() for body in bodies) + "\n",
        from_email=from_email,
        to=[to],
        headers={**sender, **automatic_headers(*row)},
    )
    # By this a delivery service tells us which mail its reports are about (django-anymail).
    message.metadata = {"mail": f"{row[0]}-{proven_key(*row)}"}  # type: ignore[attr-defined]
    return message
