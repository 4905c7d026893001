"""How a notice reaches its person: at once, gathered with others, or in the portal alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.middleware import zone_called
from accounts.models import User
from notices.models import Notice, Preference
from notices.wording.topics import MANDATORY, PRESSING, Delivery, topic_of

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
    return routes_for([person], kind, now)[person.pk]


def routes_for(people: Collection[User], kind: str, now: datetime) -> dict[int, Route]:
    """The same for any number of people, each told once, by their ids; two queries at most."""
    topic = topic_of(kind)
    if topic in MANDATORY:
        return {person.pk: Route(Delivery.NOW) for person in people}
    chosen = dict(
        Preference.objects.filter(person__in=people, topic=topic).values_list("person", "delivery")
    )
    told_now = [person for person in people if chosen.get(person.pk, Delivery.NOW) == Delivery.NOW]
    quiet_at = {} if kind in PRESSING else _ends_of_bursts(told_now, now)
    return {
        person.pk: _route(person, chosen.get(person.pk), kind, quiet_at.get(person.pk), now)
        for person in people
    }


def _route(
    person: User, chosen: str | None, kind: str, quiet_at: datetime | None, now: datetime
) -> Route:
    if chosen == Delivery.PORTAL:
        return Route(Delivery.PORTAL)
    if chosen == Delivery.DIGEST and kind not in PRESSING:
        return Route(Delivery.DIGEST, next_digest_at(person, now))
    return Route(Delivery.DIGEST, quiet_at) if quiet_at else Route(Delivery.NOW)


def next_digest_at(person: User, now: datetime) -> datetime:
    """The next time that it is DIGEST_HOUR where the person lives, after `now`."""
    local = now.astimezone(zone_called(person.time_zone))
    morning = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    # The wall clock decides, also where it changed overnight; no morning comes later than +1 day.
    return morning if morning > local else morning + timedelta(days=1)


def _ends_of_bursts(people: Collection[User], now: datetime) -> dict[int, datetime]:
    """When the flood ends, for those who stand in one now."""
    recent = (
        Notice.objects.filter(
            recipient__in=people, delivery=Delivery.NOW, created_at__gt=now - BURST_WINDOW
        )
        .exclude(topic__in=["", *MANDATORY])
        .order_by("-created_at")
        .values_list("recipient", "created_at")
    )
    newest: dict[int, list[datetime]] = {}
    for person, created_at in recent:
        newest.setdefault(person, []).append(created_at)
    return {
        person: instants[BURST - 1] + BURST_WINDOW
        for person, instants in newest.items()
        if len(instants) >= BURST
    }
