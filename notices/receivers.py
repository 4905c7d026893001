"""What a delivery service reports by its webhook, in the one shape that django-anymail gives it."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.dispatch import receiver
from django.utils import timezone

from .actions import Reported, set_aside_report
from .actions.reporting import address_of, note
from .models import EventKind, EventSource, Unmatched
from .queries.matching import message_of_service

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
    told = event.metadata or {}
    found = message_of_service(
        str(told.get("notice", "")), str(told.get("mail", "")), event.message_id or ""
    )
    words = str(event.mta_response or event.description or event.reject_reason or "")
    if not isinstance(found, Unmatched):
        address, why = address_of(found)
        if why is not None:
            # It was heard of before the worker could say so, or is none of ours: the service asks again.
            raise LookupError("A message is reported on that was not sent yet.")
        if (event.recipient or "").lower() == address.lower():
            note(
                found,
                Reported(
                    kind=kind,
                    source=EventSource.SERVICE,
                    address=address,
                    happened_at=event.timestamp or timezone.now(),
                    key=key,
                    words=words,
                ),
            )
            return
        found = Unmatched.ELSEWHERE
    set_aside_report(
        found,
        key,
        message_id=(event.message_id or "")[:250],
        reported_by=esp_name,
        source=EventSource.SERVICE,
        address=event.recipient or "",
        words=words,
    )


def _kind_of(event: AnymailTrackingEvent) -> EventKind | None:
    if event.event_type != EventType.BOUNCED:
        return _KINDS.get(event.event_type)
    told = f"{event.description or ''} {event.mta_response or ''}"
    passing = event.reject_reason == RejectReason.TIMED_OUT or _PASSING.search(told)
    return EventKind.SOFT if passing else EventKind.HARD


def _key_of(event: AnymailTrackingEvent, esp_name: str) -> str:
    parts = [esp_name, event.event_id or "", event.event_type, event.recipient or ""]
    if not event.event_id:
        parts += [event.message_id or "", str(event.timestamp), event.mta_response or ""]
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()
