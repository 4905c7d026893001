"""The e-mails to providers, in the language of the quotes."""

from __future__ import annotations

from django.core.mail import EmailMessage

from jobs.letters import written
from vouchers.providers.quotes.models import QuoteMail


def mail_for(mail: QuoteMail) -> EmailMessage:
    """What a provider is told; never whether, or what, another one has answered."""
    invitation = mail.invitation
    terms = invitation.terms
    return written(
        "quotes/mails/provider",
        {"mail": mail, "invitation": invitation, "terms": terms},
        to=invitation.email,
        languages=[terms.language],
        row=("quote-mail", mail.pk),
    )
