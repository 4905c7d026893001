"""Mailing links and codes; a worker's part."""

from __future__ import annotations

from typing import Any, TypeVar

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from jobs.actions.conducting import ShortConductor
from jobs.letters import written
from links.models import LinkCode, PersonalLink
from links.rules.secrets import code_from, secret_from

AnyLink = TypeVar("AnyLink", bound=PersonalLink)


class MailingLinks(ShortConductor[AnyLink]):
    """Mails the links of one model, and forgets each secret with it."""

    def __init__(self, model: type[AnyLink]) -> None:
        self.model = model

    def may_begin(self, link: AnyLink) -> bool:
        return link.is_open and bool(link.seed)

    def do(self, link: AnyLink) -> bool:
        # The row stays locked while the message is on its way: a second worker passes it by, and if
        # this one dies the lock falls and the sweeper picks the row up again.
        link_message(link).send()
        link.mailed_at, link.seed, link.last_error = timezone.now(), "", ""
        link.save(update_fields=["mailed_at", "seed", "last_error"])
        return True


class MailingCodes(ShortConductor[LinkCode]):
    """Mails codes; one that comes too late is not sent."""

    model = LinkCode

    def may_begin(self, code: LinkCode) -> bool:
        return code.may_be_tried

    def do(self, code: LinkCode) -> bool:
        code_message(code).send()
        code.mailed_at, code.last_error = timezone.now(), ""
        code.save(update_fields=["mailed_at", "last_error"])
        return True


CODES = MailingCodes()


def link_message(link: PersonalLink) -> EmailMessage:
    """The message with the link, in its holder's language; the only place where the secret stands."""
    address = link.address_with(secret_from(link.seed, settings.SECRET_KEY))
    facts = {"holder": link, "address": address, **link.mail_facts()}
    return _message(link, link.MAIL, link.language, facts)


def code_message(code: LinkCode) -> EmailMessage:
    """The message with a code, in the language in which it was asked for."""
    facts = {"code": code_from(code.seed, settings.SECRET_KEY), "sent": code}
    return _message(code, code.mail, code.language, facts)


def _message(
    row: PersonalLink | LinkCode, templates: str, language: str, facts: dict[str, Any]
) -> EmailMessage:
    name = row._meta.model_name or ""
    return written(templates, facts, to=row.email, languages=[language], row=(name, row.pk))
