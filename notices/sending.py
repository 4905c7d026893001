"""Sending a notice: by one worker, once, whatever dies in between.

The row stays locked while the message is on its way. If the worker dies the lock falls, the row is
pending still and the sweeper picks it up; a second copy would bear the same Message-ID.
"""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

import pghistory
from django.db import transaction
from django.utils import timezone

from conduct.actions import move
from documents.models import Document
from jobs.attempts import begin_attempt, claim_due, note_failure

from .messages import message_of, write_text
from .models import Notice
from .topics import Delivery

logger = logging.getLogger(__name__)

SWEEP_LIMIT = 500


def send_notice(notice_id: UUID | str) -> bool:
    """Send a pending notice, or lay it aside as its person chose; whether this call sent it.

    Does nothing when it is sent already, has failed for good, or another worker is at it. It waits,
    without spending an attempt, while an attached document is still being made; one that could not be
    made is named in the message, and follows later. An error is written on the row, which waits
    longer before each further attempt and fails after the last.
    """
    try:
        with pghistory.context(action="send_notice"):
            if not _begin(notice_id):
                return False
            _write(notice_id)
            return _send(notice_id)
    except Exception as error:
        logger.exception("Notice %s could not be sent", notice_id)
        _note_failure(notice_id, error)
        return False


def send_by_itself(notice: Notice) -> None:
    """Let a notice that is tried anew go at once, and gathered with no other."""
    notice.delivery, notice.hold_until, notice.gathered_in = Delivery.NOW, None, None
    notice.save(update_fields=["delivery", "hold_until", "gathered_in"])


def claim_due_notices(now: datetime | None = None) -> list[UUID]:
    """The notices to queue again; each is left alone for a while, so that queues do not grow."""
    return claim_due(Notice.objects.all(), limit=SWEEP_LIMIT, now=now)


def _pending_and_unlocked(notice_id: UUID | str) -> Notice | None:
    return (
        Notice.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        .filter(pk=notice_id, state=Notice.State.PENDING)
        .first()
    )


@transaction.atomic
def _begin(notice_id: UUID | str) -> bool:
    """Count the attempt before it is made: a message that kills every worker must end too."""
    notice = _pending_and_unlocked(notice_id)
    if notice is None:
        return False
    if begin_attempt(notice):
        return True
    _fail_members(notice)
    return False


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
    if notice.documents.filter(state=Document.State.PENDING).exists():
        # To wait for a letter is no failure.
        notice.attempts = 0
        notice.save(update_fields=["attempts"])
        return False
    message_of(notice).send()
    notice.sent_at, notice.last_error = timezone.now(), ""
    notice.letters_follow = notice.documents.filter(state=Document.State.FAILED).exists()
    move(notice, Notice.State.SENT)
    notice.save(update_fields=["state", "sent_at", "last_error", "letters_follow"])
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
    if note_failure(notice, error):
        _fail_members(notice)


def _fail_members(notice: Notice) -> None:
    notice.members.update(state=Notice.State.FAILED, last_error=notice.last_error)
