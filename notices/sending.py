"""Sending a notice: by one worker, once, whatever dies in between.

The row stays locked while the message is on its way. If the worker dies the lock falls, the row is
pending still and the sweeper picks it up; a second copy would bear the same Message-ID.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

import pghistory
from django.db import transaction
from django.utils import timezone

from documents.models import Document
from records.states import move

from .messages import message_of, write_text
from .models import Notice
from .queries import due_notices
from .topics import Delivery

logger = logging.getLogger(__name__)

# How long the task that was queued with the row has before the sweeper queues another.
PATIENCE = timedelta(seconds=20)
# Mail servers are away for hours: the last attempt comes about six hours after the first.
MAX_ATTEMPTS = 10
SWEEP_LIMIT = 500


def send_notice(notice_id: UUID | str) -> bool:
    """Send a pending notice, or lay it aside as its person chose; whether this call sent it.

    Does nothing when it is sent already, has failed for good, or another worker is at it. It waits,
    without spending an attempt, until every attached document is made. An error is written on the
    row, which waits longer before each further attempt and fails after the last.
    """
    try:
        with pghistory.context(action="send_notice"):
            _write(notice_id)
            return _send(notice_id)
    except Exception as error:
        logger.exception("Notice %s could not be sent", notice_id)
        _note_failure(notice_id, error)
        return False


def claim_due_notices(now: datetime | None = None) -> list[UUID]:
    """The notices to queue again; each is left alone for a while, so that queues do not grow."""
    now = now or timezone.now()
    with transaction.atomic():
        due = list(
            due_notices(now)
            .select_for_update(skip_locked=True)
            .values_list("pk", flat=True)[:SWEEP_LIMIT]
        )
        Notice.objects.filter(pk__in=due).update(next_attempt_at=now + PATIENCE)
    return due


def _pending_and_unlocked(notice_id: UUID | str) -> Notice | None:
    return (
        Notice.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        .filter(pk=notice_id, state=Notice.State.PENDING)
        .first()
    )


@transaction.atomic
def _write(notice_id: UUID | str) -> None:
    """Keep the text before it is sent: the inbox shows it, whatever happens to the mail."""
    notice = _pending_and_unlocked(notice_id)
    if notice is not None and not notice.subject:
        write_text(notice)
        notice.save(update_fields=["subject", "body"])


@transaction.atomic
def _send(notice_id: UUID | str) -> bool:
    notice = _pending_and_unlocked(notice_id)
    if notice is None:
        return False
    if notice.delivery != Delivery.NOW:
        _lay_aside(notice)
        return False
    if notice.documents.exclude(state=Document.State.READY).exists():
        return False
    message_of(notice).send()
    notice.sent_at, notice.last_error = timezone.now(), ""
    move(notice, Notice.State.SENT)
    notice.save(update_fields=["state", "sent_at", "last_error"])
    notice.members.update(state=Notice.State.SENT, sent_at=notice.sent_at)
    return True


def _lay_aside(notice: Notice) -> None:
    """Its text stands in the portal from now on; the e-mail comes later, or not at all."""
    held = notice.delivery == Delivery.DIGEST
    move(notice, Notice.State.HELD if held else Notice.State.KEPT)
    notice.save(update_fields=["state"])


@transaction.atomic
def _note_failure(notice_id: UUID | str, error: Exception) -> None:
    notice = _pending_and_unlocked(notice_id)
    if notice is None:
        return
    notice.attempts += 1
    notice.last_error = f"{type(error).__name__}: {error}"[:2000]
    notice.next_attempt_at = timezone.now() + PATIENCE * 2**notice.attempts
    if notice.attempts >= MAX_ATTEMPTS:
        move(notice, Notice.State.FAILED)
        notice.members.update(state=Notice.State.FAILED, last_error=notice.last_error)
    notice.save(update_fields=["state", "attempts", "last_error", "next_attempt_at"])
