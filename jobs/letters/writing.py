"""Writing an e-mail to somebody who is no user, from its templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from .headers import automatic_headers


def written(
    templates: str,
    facts: dict[str, Any],
    *,
    to: str,
    languages: Sequence[str],
    row: tuple[str, int | UUID],
) -> EmailMessage:
    """The e-mail of a `row` (what it is called, and its key), in one or more `languages`.

    It is written from `<templates>.subject.txt` and `<templates>.body.txt`, which see the `facts`.
    """
    subjects, bodies = [], []
    for language in languages:
        with translation.override(language):
            subjects.append(render_to_string(f"{templates}.subject.txt", facts))
            bodies.append(render_to_string(f"{templates}.body.txt", facts))
    return EmailMessage(
        subject=" · ".join(" ".join(subject.split()) for subject in subjects),
        body="\n\n".join(body.strip() for body in bodies) + "\n",
        to=[to],
        headers=automatic_headers(*row),
    )
