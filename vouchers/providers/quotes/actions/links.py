"""The personal link by which a provider answers, and what it is told by e-mail."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from conduct.actions.queueing import queue_after_commit
from links.actions import extend_link, issue_link
from vouchers.providers.quotes.models import QuoteInvitation, QuoteLink, QuoteMail, TermsOfReference
from vouchers.providers.quotes.models.links import expiry_after
from vouchers.providers.quotes.tasks import mail_provider, mail_quote_link


def send_link(invitation: QuoteInvitation, *, deadline: datetime, by: User) -> str:
    """Mail a provider a link that answers until a deadline (UTC); the one before opens nothing.

    The invitation must be locked. What was saved by the link before is read by the new one: it is
    the invitation's. Returns the secret, which nobody but the provider is shown.
    """
    link = QuoteLink(
        invitation=invitation,
        name=invitation.name,
        email=invitation.email,
        language=invitation.terms.language,
        expires_at=expiry_after(deadline),
    )
    _link, secret = issue_link(link, task=mail_quote_link, by=by)
    return secret


def extend_links(terms: TermsOfReference, *, deadline: datetime, by: User) -> None:
    """Let the links of all that are asked work as long as a later deadline (UTC) needs."""
    standing = QuoteLink.objects.filter(
        invitation__terms=terms, withdrawn_at=None, replaced_at=None
    ).order_by("pk")
    for link in standing:
        extend_link(link, until=expiry_after(deadline), by=by)


def write_to(invitation: QuoteInvitation, kind: str, *, reason: str = "") -> QuoteMail:
    """Write to a provider that is asked; the e-mail goes out after the commit, once."""
    mail = QuoteMail.objects.create(invitation=invitation, kind=kind, reason=reason)
    queue_after_commit(mail_provider, mail.pk)
    return mail
