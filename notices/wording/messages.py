"""A notice in words: subject, text and a simple HTML alternative, in the recipient's language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from documents.models import Document
from documents.permissions import may_read_document
from documents.wording import country_of_zone, for_readers_in
from jobs.letters import automatic_headers, envelope
from notices.models import Notice
from notices.queries.unsubscribing import topics_that_can_stop, unsubscribe_address
from texts.kinds import Family, kind_of
from texts.wording.filling import as_plain, owned_text


def write_text(notice: Notice) -> None:
    """Put subject and body, made from the facts, on the notice, without saving it."""
    context = {
        "facts": notice.facts,
        "recipient": notice.recipient,
        "link": notice.absolute_url,
        "language": notice.language,
        "site_url": settings.SITE_URL,
    }
    with _for_reader_of(notice):
        subject, body = (_said(notice.kind, part, context) for part in ("subject", "body"))
    notice.subject = " ".join(subject.split())[:250]
    notice.body = body.strip()


def _said(kind: str, part: str, context: dict[str, Any]) -> str:
    """The subject or the body: as coordinators worded it when it was told, or as the portal says it."""
    owned = kind_of(Family.MAIL, kind)
    text = owned_text(owned, part, context["facts"])
    if owned is None or text is None:
        return render_to_string(f"notices/{kind}.{part}.txt", context)
    return as_plain(owned, text, **context)


@dataclass(frozen=True)
class MessageParts:
    """The two forms of an e-mail, what is attached to it, and what is missing yet."""

    text: str
    html: str
    attached: list[Document]
    missing: list[Document]


def parts_of(notice: Notice, *, unsubscribe: str, is_hidden: bool = False) -> MessageParts:
    """What a notice whose text is written looks like as an e-mail.

    A letter goes to who may read it at this moment: a message may wait for hours, or be sent again after
    days, and its person have left meanwhile.
    `unsubscribe` is the address that stops such mails; it acts for the person, so that whoever else looks
    at the message is told that it is there, and not what it is (`is_hidden`, see `shown_to_others`).
    """
    attached = [one for one in notice.documents.all() if may_read_document(notice.recipient, one)]
    missing = [document for document in attached if not document.is_ready]
    context = {
        "notice": notice,
        "site_url": settings.SITE_URL,
        "language": notice.language,
        "is_rtl": translation.get_language_info(notice.language)["bidi"],
        "preferences": f"{settings.SITE_URL}{reverse('notices:preferences')}",
        "unsubscribe": unsubscribe,
        "is_hidden": is_hidden,
        "missing": missing,
    }
    with _for_reader_of(notice):
        text = render_to_string("notices/_message.txt", context)
        html = render_to_string("notices/_message.html", context)
    return MessageParts(text, html, [one for one in attached if one.is_ready], missing)


def shown_to_others(notice: Notice) -> MessageParts:
    """The e-mail as its person sees it, for others: without the link that acts for the person.

    What nobody has tried to send yet is written for the look, and not kept.
    """
    if not notice.subject:
        write_text(notice)
    return parts_of(notice, unsubscribe="", is_hidden=bool(topics_that_can_stop(notice)))


def message_of(notice: Notice) -> EmailMultiAlternatives:
    """The e-mail of a notice whose text is written, with its documents attached.

    A document without a file is named in the text instead. Reports of what could not be delivered go to
    BOUNCE_ADDRESS, where the portal has one.
    """
    unsubscribe = unsubscribe_address(notice)
    parts = parts_of(notice, unsubscribe=unsubscribe)
    from_email, sender = envelope()
    message = EmailMultiAlternatives(
        subject=notice.subject,
        body=parts.text,
        # The envelope's; what the reader sees is the header.
        from_email=from_email,
        to=[notice.recipient.email],
        headers={
            **sender,
            **automatic_headers("notice", notice.pk),
            "Content-Language": notice.language,
            **_one_click(unsubscribe),
        },
    )
    message.attach_alternative(parts.html, "text/html")
    # By these a delivery service tells us which message its reports are about (django-anymail).
    message.metadata = {"notice": str(notice.pk)}  # type: ignore[attr-defined]
    if notice.calendar:
        # Beside the text, so that mail programs offer the entry; as a file for those that do not.
        message.attach_alternative(
            notice.calendar, f"text/calendar; method={notice.calendar_method}"
        )
        message.attach("invitation.ics", notice.calendar.encode(), "application/ics")
    for document in parts.attached:
        with document.file.open("rb") as file:
            message.attach(document.file_name, file.read(), "application/pdf")
    return message


@contextmanager
def _for_reader_of(notice: Notice) -> Iterator[None]:
    country = country_of_zone(notice.recipient.time_zone)
    with translation.override(notice.language), for_readers_in(country):
        yield


def _one_click(address: str) -> dict[str, str]:
    """The headers of RFC 8058, with which a mail program stops such e-mails without a log-in."""
    if not address:
        return {}
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
