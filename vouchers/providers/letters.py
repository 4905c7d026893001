"""The one message to somebody who is no user: the provider, when the account was changed."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from jobs.letters import automatic_headers

from .models import ProviderAccount

_TEMPLATES = "providers/mails/account_changed"


def change_of_account(account: ProviderAccount) -> EmailMessage:
    """What the contact that stood before the change is told, in all three languages."""
    subjects, bodies = [], []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            subjects.append(render_to_string(f"{_TEMPLATES}.subject.txt", {"account": account}))
            bodies.append(render_to_string(f"{_TEMPLATES}.body.txt", {"account": account}))
    return EmailMessage(
        subject=" · ".join(" ".join(subject.split()) for subject in subjects),
        body="\n\n".join(body.strip() for body in bodies) + "\n",
        to=[account.told_contact],
        headers=automatic_headers("provider-account", account.pk),
    )
