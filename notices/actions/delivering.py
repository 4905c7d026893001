"""Keeping what became of e-mails, as servers report it: each event once, and none guessed at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import Gone, action, constraints_of, judged, locked, move, require_words
from conduct.actions.queueing import queue_after_commit
from documents.models import Document
from notices.models import DeliveryEvent, EventKind, EventSource, Notice
from notices.permissions import may_send_again
from notices.rules.reports import LONGEST_WORDS
from notices.tasks import send_notice
from notices.wording.topics import Delivery


@dataclass(frozen=True)
class Reported:
    """One thing that a server said of a message: `happened_at` in UTC, `key` as the event's own."""

    kind: EventKind
    source: EventSource
    address: str
    happened_at: datetime
    key: str
    status: str = ""
    words: str = ""

    def as_kept(self) -> dict[str, Any]:
        """The fields of the event that is kept of it."""
        return {
            "kind": self.kind,
            "source": self.source,
            "address": self.address,
            "status": self.status[:12],
            "words": self.words.replace("\x00", "")[:LONGEST_WORDS],
            # No clock but ours knows what has not happened yet.
            "happened_at": min(self.happened_at, timezone.now()),
        }


@action(_("Delivery reported"))
def note_event(notice: Notice, told: Reported) -> DeliveryEvent | None:
    """Keep what a server said of a message; None where that is known already.

    A message of which nobody knew whether it was taken over is sent by that: servers report on nothing
    else.
    """
    notice = locked(notice)
    if notice.state == Notice.State.UNSURE:
        _settle(notice)
    event, is_new = DeliveryEvent.objects.get_or_create(
        notice=notice,
        key=told.key,
        defaults=told.as_kept(),
    )
    return event if is_new else None


@action(_("Message known to have arrived"))
def confirm_arrival(notice: Notice, *, reason: str, by: User) -> Notice:
    """Settle a message that was perhaps sent: its person has it. Says how that is known.

    Raises NotAllowed, OutOfOrder where its outcome is known, Refused without a reason.
    """
    require_words(reason, _("Say how you know."), field="reason")
    notice = judged(notice, may_send_again, by=by, states=[Notice.State.UNSURE])
    _settle(notice)
    DeliveryEvent.objects.create(
        notice=notice,
        kind=EventKind.DELIVERED,
        source=EventSource.PERSON,
        address=notice.sent_to,
        words=reason.strip()[:LONGEST_WORDS],
        happened_at=timezone.now(),
        key="confirmed by a person",
    )
    return notice


@action(_("Message sent once more"))
def send_once_more(notice: Notice, *, reason: str, by: User) -> Notice:
    """Send again what came back, as a message of its own with the same words and letters.

    What came back stays as it was sent. The reason says why it will arrive this time: the address is
    mended, or the person says that the mailbox has room. Raises NotAllowed, OutOfOrder unless it was
    sent and came back, Refused without a reason or where it was sent again already.
    """
    require_words(reason, _("Say why it will arrive this time."), field="reason")
    notice = judged(notice, may_send_again, by=by, states=[Notice.State.SENT])
    came_back = DeliveryEvent.objects.filter(
        notice__in=[notice.pk, notice.gathered_in_id], kind__in=[EventKind.SOFT, EventKind.HARD]
    )
    if not came_back.exists():
        raise Gone(_("Nothing says that this message came back."))
    with constraints_of(Notice):
        again = Notice.objects.create(
            recipient=notice.recipient,
            kind=notice.kind,
            topic=notice.topic,
            language=notice.language,
            facts=notice.facts,
            url=notice.url,
            calendar=notice.calendar,
            calendar_method=notice.calendar_method,
            content_type=notice.content_type,
            object_id=notice.object_id,
            delivery=Delivery.NOW,
            subject=notice.subject,
            body=notice.body,
            again_of=notice,
            seen_at=notice.seen_at,
            next_attempt_at=Notice.first_turn(),
        )
    again.documents.set(notice.documents.exclude(state=Document.State.FAILED))
    queue_after_commit(send_notice, str(again.pk))
    return again


def _settle(notice: Notice) -> None:
    """It was taken over after all: when the line broke."""
    broke = notice.delivery_events.filter(kind=EventKind.UNSURE).latest("happened_at")
    move(notice, Notice.State.SENT)
    notice.sent_at = broke.happened_at
    notice.save(update_fields=["state", "sent_at"])
    notice.members.update(state=Notice.State.SENT, sent_at=notice.sent_at)
