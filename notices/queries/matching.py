"""Which message of ours a report is about: the one that it names, and never a guess."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from conduct.queries.scoping import for_system
from jobs.letters import row_key
from notices.mails import FoundMail, is_mail, mail_called
from notices.models import Notice, Unmatched
from notices.rules.reports import OwnMail, named_mail, own_mail

Found = Notice | FoundMail | Unmatched


def message_named(message_id: str) -> Found:
    """The message that a Message-ID names, or why there is none."""
    if not message_id:
        return Unmatched.NAMELESS
    mail = own_mail(message_id, urlsplit(settings.SITE_URL).hostname or "")
    return _found(mail) if mail else Unmatched.FOREIGN


def message_of_service(notice: str, mail: str, message_id: str) -> Found:
    """The message that we named to a delivery service, or by whose name the service calls it.

    `notice` and `mail` are what we told it of the message, empty where it does not say so.
    """
    named = OwnMail("notice", notice) if notice else named_mail(mail) if mail else None
    if named is None and message_id:
        named = own_mail(message_id, urlsplit(settings.SITE_URL).hostname or "")
    found = _found(named) if named else Unmatched.FOREIGN
    if isinstance(found, Unmatched) and found != Unmatched.OTHER_KIND and message_id:
        return _by_service(message_id) or found
    return found


@for_system("servers report on messages to everybody")
def _found(mail: OwnMail) -> Found:
    if mail.name == "notice":
        try:
            return Notice.objects.filter(pk=UUID(mail.key)).first() or Unmatched.UNKNOWN
        except ValueError:
            return Unmatched.UNKNOWN
    if not is_mail(mail.name):
        return Unmatched.OTHER_KIND
    key = row_key(mail.name, mail.key)
    return (mail_called(mail.name, key) if key else None) or Unmatched.UNKNOWN


@for_system("servers report on messages to everybody")
def _by_service(message_id: str) -> Notice | None:
    return Notice.objects.filter(service_id=message_id).first()
