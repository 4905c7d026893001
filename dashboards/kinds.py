"""Messages that went to clusters, on which coordinators look at the wording of their kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.conf import settings

from accounts.models import User
from dashboards.queries import outbox
from documents.wording import country_of_zone, for_readers_in
from texts.kinds import Family, OwnedKind, RealRecord, register_records


def register_messages() -> None:
    """Make them known to the room of texts."""
    register_records(Family.MAIL, _real_messages)


def _real_messages(user: User, kind: OwnedKind, language: str) -> Iterator[RealRecord]:
    for notice in outbox.newest_of_kind(user, kind.slug, language):
        yield RealRecord(
            key=str(notice.pk),
            label=f"{notice.recipient} · {notice.subject} · {notice.created_at:%Y-%m-%d}",
            context={
                "facts": notice.facts,
                "recipient": notice.recipient,
                "link": notice.absolute_url,
                "language": notice.language,
                "site_url": settings.SITE_URL,
            },
            setting=partial(for_readers_in, country_of_zone(notice.recipient.time_zone)),
        )
