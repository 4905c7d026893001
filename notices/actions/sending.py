"""Sending a notice: by one worker, once, whatever dies in between.

The row stays locked while the message is on its way. If the worker dies the lock falls, the row is
pending still and the sweeper picks it up; a second copy would bear the same Message-ID.
"""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils import timezone

from conduct.actions import move
from documents.models import Document
from jobs.actions.attempts import told
from jobs.actions.conducting import Hopeless, ShortConductor
from jobs.letters import OutcomeUnknown
from notices.models import DeliveryEvent, EventKind, EventSource, Notice
from notices.rules.reports import LONGEST_WORDS
from notices.wording.messages import message_of, write_text
from notices.wording.topics import Delivery

# A message waits so long for a letter that is still being made; then it goes and names it, and the letter
# follows. A letter may wait for days: for room on the disk, or for a key with which it is sealed.
LETTERS_WAIT = timedelta(hours=2)
_PERMANENT = range(500, 600)


class SendingNotices(ShortConductor[Notice]):
    """Sends a notice, or lays it aside as its person chose.

    It waits, without spending an attempt, while an attached document is still being made, but no longer
    than LETTERS_WAIT; one that is not there by then, or could not be made, is named in the message, and
    follows later. What the server refuses for good is not tried again, what it puts off is, with longer
    and longer pauses, and where the line broke after the text was handed over nobody tries again but who
    is asked to (docs/jobs.md).
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
        if not notice.recipient.is_active:
            _keep_in_portal(notice)
            return False
        if notice.delivery != Delivery.NOW:
            _lay_aside(notice)
            return False
        if _waits_for_letters(notice):
            return False
        message = message_of(notice)
        notice.sent_to = notice.recipient.email
        try:
            message.send()
        except OutcomeUnknown as error:
            _leave_unsure(notice, error)
            return False
        except SMTPException as error:
            if _is_for_good(error):
                raise Hopeless from error
            raise
        _keep_as_sent(notice, message)
        return True

    def after_failure(self, notice: Notice, error: BaseException) -> None:
        """Keep what the server said: a refusal of the address is a bounce, whoever tells of it."""
        for code, words in _answers(error):
            final = code in _PERMANENT
            _note(
                notice,
                EventKind.HARD if final else EventKind.DELAYED,
                f"{code} {words}",
                status=str(code),
            )

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


def _keep_in_portal(notice: Notice) -> None:
    """Mail nothing to an account that was deactivated meanwhile: its mailbox may be somebody else's."""
    move(notice, Notice.State.KEPT)
    notice.save(update_fields=["state"])
    notice.members.update(state=Notice.State.KEPT)


def _lay_aside(notice: Notice) -> None:
    """Its text is in the portal from now on; the e-mail comes later, or not at all."""
    held = notice.delivery == Delivery.DIGEST
    move(notice, Notice.State.HELD if held else Notice.State.KEPT)
    notice.save(update_fields=["state"])


def _waits_for_letters(notice: Notice) -> bool:
    """Whether a letter of it is still being made, and may yet come in time."""
    if not notice.documents.filter(Document.WAITING).exists():
        return False
    now = timezone.now()
    notice.awaits_letters_since = notice.awaits_letters_since or now
    if notice.awaits_letters_since <= now - LETTERS_WAIT:
        return False
    # To wait for a letter is no failure.
    notice.attempts = 0
    notice.save(update_fields=["attempts", "awaits_letters_since"])
    return True


def _keep_as_sent(notice: Notice, message: EmailMessage) -> None:
    notice.sent_at, notice.last_error = timezone.now(), ""
    # What is not ready is named in the message: see message_of.
    notice.letters_follow = notice.documents.exclude(state=Document.State.READY).exists()
    status = getattr(message, "anymail_status", None)
    # A service names one message to one person once.
    notice.service_id = str(getattr(status, "message_id", "") or "")[:250]
    move(notice, Notice.State.SENT)
    notice.save(
        update_fields=["state", "sent_at", "last_error", "letters_follow", "sent_to", "service_id"]
    )
    notice.members.update(state=Notice.State.SENT, sent_at=notice.sent_at)
    _note(notice, EventKind.ACCEPTED, getattr(message, "server_said", ""))


def _leave_unsure(notice: Notice, error: OutcomeUnknown) -> None:
    notice.last_error = told(error)
    move(notice, Notice.State.UNSURE)
    notice.save(update_fields=["state", "last_error", "sent_to"])
    _note(notice, EventKind.UNSURE, told(error))


def _is_for_good(error: SMTPException) -> bool:
    """Whether the server will never take this message: what it says of itself or of us may change."""
    if isinstance(error, SMTPRecipientsRefused | SMTPDataError):
        answers = _answers(error)
        return bool(answers) and all(code in _PERMANENT for code, _words in answers)
    return False


def _answers(error: BaseException) -> list[tuple[int, str]]:
    """What the server said of the address or the message, as reply codes with their words."""
    found: list[tuple[int, bytes | str]]
    if isinstance(error, SMTPRecipientsRefused):
        found = list(error.recipients.values())
    elif isinstance(error, SMTPDataError):
        found = [(error.smtp_code, error.smtp_error)]
    elif isinstance(error, SMTPResponseException) and error.smtp_code not in _PERMANENT:
        # The server puts everybody off; a refusal of us says nothing of the address.
        found = [(error.smtp_code, error.smtp_error)]
    else:
        return []
    return [(code, _text(words)) for code, words in found]


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words


def _note(notice: Notice, kind: EventKind, words: str, *, status: str = "") -> None:
    now = timezone.now()
    DeliveryEvent.objects.create(
        notice=notice,
        kind=kind,
        source=EventSource.SMTP,
        address=notice.sent_to or notice.recipient.email,
        status=status,
        words=words.replace("\x00", "")[:LONGEST_WORDS],
        happened_at=now,
        key=f"{kind} {now.isoformat()}",
    )
