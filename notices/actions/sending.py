"""Sending a notice: by one worker, once, whatever dies in between.

The row stays locked while the message is on its way. If the worker dies the lock falls, the row is
pending still and the sweeper picks it up; a second copy would bear the same Message-ID.
"""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from conduct.actions import move
from documents.models import Document
from jobs.actions.conducting import ShortConductor
from notices.models import Notice
from notices.wording.messages import message_of, write_text
from notices.wording.topics import Delivery


class SendingNotices(ShortConductor[Notice]):
    """Sends a notice, or lays it aside as its person chose.

    It waits, without spending an attempt, while an attached document is still being made; one that
    could not be made is named in the message, and follows later.
    """

    model = Notice
    action = "send_notice"
    along = ("recipient",)

    def work(self, begun: Notice) -> bool:
        # The text is kept before it is sent: the inbox shows it, whatever happens to the mail.
        with self.in_one_step():
            notice = self.held(begun.pk)
            if notice is not None and not notice.subject:
                write_text(notice)
                notice.save(update_fields=["subject", "body"])
        return super().work(begun)

    def do(self, notice: Notice) -> bool:
        if notice.delivery != Delivery.NOW:
            _lay_aside(notice)
            return False
        if notice.documents.filter(Document.WAITING).exists():
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

    def after_giving_up(self, notice: Notice) -> None:
        notice.members.update(state=Notice.State.FAILED, last_error=notice.last_error)


NOTICES = SendingNotices()


def send_notice(notice_id: UUID | str) -> bool:
    """Send a pending notice, or lay it aside as its person chose; whether this call sent it."""
    return NOTICES.conduct(notice_id)


def send_by_itself(notice: Notice) -> None:
    """Let a notice that is tried anew go at once, and gathered with no other."""
    notice.delivery, notice.hold_until, notice.gathered_in = Delivery.NOW, None, None
    notice.save(update_fields=["delivery", "hold_until", "gathered_in"])


def _lay_aside(notice: Notice) -> None:
    """Its text is in the portal from now on; the e-mail comes later, or not at all."""
    held = notice.delivery == Delivery.DIGEST
    move(notice, Notice.State.HELD if held else Notice.State.KEPT)
    notice.save(update_fields=["state"])
