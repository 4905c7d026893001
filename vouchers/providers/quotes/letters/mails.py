"""The e-mails to providers, in the language of the quotes."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from jobs.letters import automatic_headers
from vouchers.providers.quotes.models import QuoteMail

_TEMPLATE = "quotes/mails/provider"


def mail_for(mail: QuoteMail) -> EmailMessage:
    """What a provider is told; never whether, or what, another one has answered."""
    invitation = mail.invitation
    terms = invitation.terms
    context = {"mail": mail, "invitation": invitation, "terms": terms}
    with translation.override(terms.language):
        subject = render_to_string(f"{_TEMPLATE}.subject.txt", context)
        body = render_to_string(f"{_TEMPLATE}.body.txt", context)
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[invitation.email],
        headers=automatic_headers("quote-mail", mail.pk),
    )
