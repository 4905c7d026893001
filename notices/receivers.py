"""What a delivery service reports by its webhook, in the one shape that django-anymail gives it."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.conf import settings
from django.dispatch import receiver
from django.utils import timezone

from .actions import Reported, note_event, set_aside_report
from .models import EventKind, EventSource, Notice, Unmatched
from .rules.reports import own_mail

_KINDS = {
    EventType.DELIVERED: EventKind.DELIVERED,
    EventType.DEFERRED: EventKind.DELAYED,
    EventType.REJECTED: EventKind.HARD,
    EventType.FAILED: EventKind.HARD,
    EventType.COMPLAINED: EventKind.COMPLAINED,
}
# How services and servers say that a message that bounced may be taken another day.
_PASSING = re.compile(r"\b(soft|transient|temporar\w*|4\.\d{1,3}\.\d{1,3}|4\d\d)\b", re.IGNORECASE)


@receiver(tracking, dispatch_uid="notices.delivery")
def keep_event(event: AnymailTrackingEvent, esp_name: str, **_more: Any) -> None:
    """Keep what the service says became of a message of ours; opens and clicks are nobody's business."""
    kind = _kind_of(event)
    if kind is None:
        return
    key = _key_of(event, esp_name)
    named = event.message_id or ""
    notice = _notice_of(event)
    if isinstance(notice, Unmatched):
        set_aside_report(
            notice, key, message_id=named[:250], reported_by=esp_name, source=EventSource.SERVICE
        )
    elif notice.state not in (Notice.State.SENT, Notice.State.UNSURE):
        # It was heard of before the worker could say so, or is none of ours: the service asks again.
        raise LookupError(f"The message {notice.pk} is reported on, and was not sent yet.")
    elif (event.recipient or "").lower() != notice.sent_to.lower():
        set_aside_report(
            Unmatched.ELSEWHERE,
            key,
            message_id=named[:250],
            reported_by=esp_name,
            source=EventSource.SERVICE,
        )
    else:
        words = event.mta_response or event.description or event.reject_reason or ""
        note_event(
            notice,
            Reported(
                kind=kind,
                source=EventSource.SERVICE,
                address=notice.sent_to,
                happened_at=event.timestamp or timezone.now(),
                key=key,
                words=str(words),
            ),
        )


def _kind_of(event: AnymailTrackingEvent) -> EventKind | None:
    if event.event_type != EventType.BOUNCED:
        return _KINDS.get(event.event_type)
    told = f"{event.description or ''} {event.mta_response or ''}"
    passing = event.reject_reason == RejectReason.TIMED_OUT or _PASSING.search(told)
    return EventKind.SOFT if passing else EventKind.HARD


def _notice_of(event: AnymailTrackingEvent) -> Notice | Unmatched:
    """The notice that we named to the service, or whose mail it named to us; never a guess."""
    named = (event.metadata or {}).get("notice", "")
    if not named and event.message_id:
        mail = own_mail(event.message_id, urlsplit(settings.SITE_URL).hostname or "")
        if mail is not None and mail.name != "notice":
            return Unmatched.OTHER_KIND
        named = mail.key if mail else ""
    try:
        found = Notice.objects.filter(pk=UUID(named)).first() if named else None
    except ValueError:
        return Unmatched.UNKNOWN
    if found is None and event.message_id:
        found = Notice.objects.filter(service_id=event.message_id).first()
    return found or Unmatched.FOREIGN


def _key_of(event: AnymailTrackingEvent, esp_name: str) -> str:
    parts = [esp_name, event.event_id or "", event.event_type, event.recipient or ""]
    if not event.event_id:
        parts += [event.message_id or "", str(event.timestamp), event.mta_response or ""]
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()
