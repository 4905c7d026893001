"""The link with which somebody stops e-mails without logging in (RFC 8058).

It is signed, names the person and the topics, and never expires: an old e-mail must still stop the
new ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User
from notices.models import Notice
from notices.wording.topics import DIGESTIBLE, Topic

_SALT = "notices.queries.unsubscribing"


@dataclass(frozen=True)
class Unsubscription:
    """Who wants no more e-mails, and about which topics."""

    person: User
    topics: list[Topic]


def topics_that_can_stop(notice: Notice) -> list[Topic]:
    """The topics of the notice, or of those that it gathers, that leave a choice."""
    named = notice.facts.get("topics", []) if notice.is_digest else [notice.topic]
    return [topic for topic in DIGESTIBLE if topic.value in named]


def unsubscribe_address(notice: Notice) -> str:
    """The whole address that stops e-mails like this one; empty where they are mandatory."""
    topics = topics_that_can_stop(notice)
    if not topics:
        return ""
    token = signing.dumps([notice.recipient_id, [topic.value for topic in topics]], salt=_SALT)
    return f"{settings.SITE_URL}{reverse('notices:unsubscribe', args=[token])}"


def read_token(token: str) -> Unsubscription | None:
    """What a link says; None for one that we did not sign, or whose person is gone."""
    try:
        person_id, names = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=person_id).first()
    topics = [topic for topic in DIGESTIBLE if topic.value in names]
    return Unsubscription(person, topics) if person and topics else None
