"""E-mails that are rows of their own, written by an action and sent by a worker, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from jobs.actions.trouble import attempted, resting_keys

# Its own task comes sooner.
LOST_AFTER = timedelta(minutes=1)

AnyRow = TypeVar("AnyRow", bound=Model)


def send_row(
    slug: str,
    unsent: QuerySet[AnyRow],
    key: int,
    message_for: Callable[[AnyRow], EmailMessage],
    *,
    sent: str = "sent_at",
) -> bool:
    """Send the e-mail of one row, unless it was sent; whether it went out now.

    `slug` names a registered Errand, `unsent` the rows that wait with what their message reads, and
    `sent` the field that says since when a row is sent. The row stays locked while its e-mail is on
    its way, so that a second worker passes it by.
    """
    return bool(attempted(slug, key, lambda: _send(unsent.filter(pk=key), message_for, sent)))


def send_lost(slug: str, unsent: QuerySet[Any], task: Any, *, since: str = "written_at") -> int:
    """Queue again the rows that nobody sent for a minute; how many.

    Those that are set aside, or wait for their next attempt, are passed by. `since` is the field that
    says when a row was written.
    """
    lost = unsent.filter(**{f"{since}__lt": timezone.now() - LOST_AFTER})
    keys = list(lost.exclude(pk__in=resting_keys(slug)).values_list("pk", flat=True))
    for key in keys:
        task.delay(key)
    return len(keys)


@transaction.atomic
def _send(
    unsent: QuerySet[AnyRow], message_for: Callable[[AnyRow], EmailMessage], sent: str
) -> bool:
    row = unsent.select_for_update(skip_locked=True, of=("self",)).first()
    if row is None:
        return False
    message_for(row).send()
    setattr(row, sent, timezone.now())
    row.save(update_fields=[sent])
    return True
