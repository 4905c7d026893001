"""A notice in words: subject, text and a simple HTML alternative, in the recipient's language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from documents.wording import country_of_zone, for_readers_in
from jobs.letters import automatic_headers
from notices.models import Notice
from notices.queries.unsubscribing import unsubscribe_address
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


def message_of(notice: Notice) -> EmailMultiAlternatives:
    """The e-mail of a notice whose text is written, with its documents attached.

    A document without a file is named in the text instead.
    """
    attached = list(notice.documents.all())
    context = {
        "notice": notice,
        "site_url": settings.SITE_URL,
        "language": notice.language,
        "is_rtl": translation.get_language_info(notice.language)["bidi"],
        "preferences": f"{settings.SITE_URL}{reverse('notices:preferences')}",
        "unsubscribe": unsubscribe_address(notice),
        "missing": [document for document in attached if not document.is_ready],
    }
    with _for_reader_of(notice):
        text = render_to_string("notices/_message.txt", context)
        html = render_to_string("notices/_message.html", context)
    message = EmailMultiAlternatives(
        subject=notice.subject,
        body=text,
        to=[notice.recipient.email],
        headers={
            **automatic_headers("notice", notice.pk),
            "Content-Language": notice.language,
            **_one_click(context["unsubscribe"]),
        },
    )
    message.attach_alternative(html, "text/html")
    if notice.calendar:
        # Beside the text, so that mail programs offer the entry; as a file for those that do not.
        message.attach_alternative(
            notice.calendar, f"text/calendar; method={notice.calendar_method}"
        )
        message.attach("invitation.ics", notice.calendar.encode(), "application/ics")
    for document in attached:
        if not document.is_ready:
            continue
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
