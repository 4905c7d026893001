"""How a notice reaches its person: at once, gathered with others, or in the portal alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.middleware import zone_called
from accounts.models import User
from notices.models import Notice, Preference
from notices.wording.topics import MANDATORY, PRESSING, Delivery, Topic, topic_of

# The daily e-mail comes at this hour of the person's own clock.
DIGEST_HOUR = 8
# More e-mails than this within the window, and the further ones are gathered until it is over.
BURST = 5
BURST_WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class Route:
    """How a notice goes, and until when (UTC) it is held where it is gathered."""

    delivery: Delivery
    hold_until: datetime | None = None


def route_for(person: User, kind: str, now: datetime) -> Route:
    """How a notice of this kind, written now, goes to the person.

    Mandatory topics always go at once. Otherwise the person's choice holds, and what would go at
    once is gathered when many e-mails went to them within the hour.
    """
    topic = topic_of(kind)
    if topic in MANDATORY:
        return Route(Delivery.NOW)
    chosen = chosen_delivery(person, topic)
    if chosen == Delivery.DIGEST and kind not in PRESSING:
        return Route(Delivery.DIGEST, next_digest_at(person, now))
    if chosen == Delivery.PORTAL:
        return Route(Delivery.PORTAL)
    quiet_at = None if kind in PRESSING else _end_of_burst(person, now)
    return Route(Delivery.DIGEST, quiet_at) if quiet_at else Route(Delivery.NOW)


def chosen_delivery(person: User, topic: Topic) -> Delivery:
    """What the person chose for the topic; at once where they chose nothing."""
    chosen = Preference.objects.filter(person=person, topic=topic).values_list(
        "delivery", flat=True
    )
    return Delivery(chosen.first() or Delivery.NOW)


def next_digest_at(person: User, now: datetime) -> datetime:
    """The next time that it is DIGEST_HOUR where the person lives, after `now`."""
    local = now.astimezone(zone_called(person.time_zone))
    morning = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    # The wall clock decides, also where it changed overnight; no morning comes later than +1 day.
    return morning if morning > local else morning + timedelta(days=1)


def _end_of_burst(person: User, now: datetime) -> datetime | None:
    """When the flood ends, in which the person stands now; None while there is none."""
    recent = list(
        Notice.objects.filter(
            recipient=person, delivery=Delivery.NOW, created_at__gt=now - BURST_WINDOW
        )
        .exclude(topic__in=["", *MANDATORY])
        .order_by("-created_at")
        .values_list("created_at", flat=True)[:BURST]
    )
    return recent[-1] + BURST_WINDOW if len(recent) == BURST else None
