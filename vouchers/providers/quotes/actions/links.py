"""The personal link by which a provider answers, and what it is told by e-mail."""

from __future__ import annotations

import uuid

from accounts.models import User
from conduct.actions.queueing import queue_after_commit
from vouchers.providers.quotes.models import QuoteInvitation, QuoteMail
from vouchers.providers.quotes.models.mails import MailKind
from vouchers.providers.quotes.queries.sealing import hash_of
from vouchers.providers.quotes.tasks import mail_provider


def send_link(invitation: QuoteInvitation, *, by: User) -> str:
    """Give the invitation another link, and write to the provider; the link before ends.

    The invitation must be locked. What was saved by the link before is read by the new one: it is
    the invitation's. Returns what the link says, which nobody but the provider is shown.
    """
    first = not invitation.opens_with
    invitation.key = uuid.uuid4()
    invitation.opens_with = hash_of(invitation.secret)
    invitation.save(update_fields=["key", "opens_with"])
    write_to(invitation, MailKind.ASKED if first else MailKind.AGAIN)
    return invitation.secret


def write_to(invitation: QuoteInvitation, kind: str, *, reason: str = "") -> QuoteMail:
    """Write to a provider that is asked; the e-mail goes out after the commit, once."""
    mail = QuoteMail.objects.create(invitation=invitation, kind=kind, reason=reason)
    queue_after_commit(mail_provider, mail.pk)
    return mail
