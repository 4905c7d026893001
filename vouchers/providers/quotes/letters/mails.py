"""The e-mails to providers, in the language of the quotes."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

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
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[invitation.email],
        headers={
            # The same however often it is made, so that a mail server recognises a second copy.
            "Message-ID": f"<quote-mail-{mail.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
