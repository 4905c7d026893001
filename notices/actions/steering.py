"""What coordinators do to a message that waits: change its words, hold it back, let it go, cancel it.

Who does it locks the row without waiting. A worker holds it while the message is on its way, so that
whoever comes at that moment is told so, and never changes what is being sent.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    move,
    require_words,
)
from conduct.actions.queueing import queue_after_commit
from notices.models import Notice, NoticeRevision
from notices.permissions import may_steer_notices
from notices.rules.steering import may_be_steered
from notices.tasks import send_notice
from notices.wording.messages import write_text
from notices.wording.typed import flaws_of

State = Notice.State
# Also what failed may be changed before it is tried again.
REWORDED_IN = (State.PENDING, State.HELD, State.STOPPED, State.FAILED)


class RewordedMeanwhile(Refused):
    """Somebody else has changed the words since the page was opened."""


@action(_("Message changed by hand"))
def reword_notice(
    notice: Notice, *, subject: str, body: str, seen: int, reason: str, by: User
) -> NoticeRevision:
    """Replace the words of a message that waits; what the portal wrote is kept as revision 0.

    `subject` and `body` are tidied text, `seen` is the number of the revision that the person had
    before them. Raises NotAllowed, OutOfOrder (sent, being sent, read in the portal, of a kind that
    nobody changes), RewordedMeanwhile, and Refused for no reason or a text that is not safe.
    """
    require_words(reason, _("Say why the text is changed."), field="reason")
    notice = _judged(notice, by=by, states=REWORDED_IN)
    for field, text in (("subject", subject), ("body", body)):
        if found := flaws_of(field, text):
            raise Refused(found[0], field=field)
    last = notice.revisions.order_by("-number").first()
    if (last.number if last else 0) != seen:
        raise RewordedMeanwhile(_("Somebody else has changed this message meanwhile."))
    if not notice.subject:
        # Nobody has tried to send it yet: its words are made from its facts now.
        write_text(notice)
        notice.save(update_fields=["subject", "body"])
    if (subject, body) == (notice.subject, notice.body):
        raise Refused(_("Nothing is changed: it says this already."))
    if last is None:
        NoticeRevision.objects.create(
            notice=notice,
            number=0,
            subject=notice.subject,
            body=notice.body,
            written_at=notice.created_at,
        )
    with constraints_of(NoticeRevision):
        revision = NoticeRevision.objects.create(
            notice=notice,
            number=seen + 1,
            subject=subject,
            body=body,
            written_by=by,
            reason=reason.strip(),
        )
    notice.subject, notice.body = subject, body
    notice.save(update_fields=["subject", "body"])
    return revision


@action(_("Message held back"))
def hold_notice(notice: Notice, *, reason: str, by: User) -> Notice:
    """Keep a message that waits from going, until it is released or cancelled.

    Raises NotAllowed, OutOfOrder (see `reword_notice`), Refused without a reason.
    """
    require_words(reason, _("Say why the message is held back."), field="reason")
    notice = _judged(notice, by=by, states=[State.PENDING, State.HELD])
    return _stop(notice, State.STOPPED, reason, by)


@action(_("Message released"))
def release_notice(notice: Notice, *, reason: str, by: User) -> Notice:
    """Let a message go that was held back: at once, or gathered with others as it was meant to.

    Raises NotAllowed, OutOfOrder unless it is held back, Refused without a reason.
    """
    require_words(reason, _("Say why it may go."), field="reason")
    notice = _judged(notice, by=by, states=[State.STOPPED])
    move(notice, State.PENDING)
    notice.stopped_by, notice.stop_reason = None, ""
    notice.attempts, notice.next_attempt_at = 0, notice.first_turn()
    notice.save(update_fields=["state", "stopped_by", "stop_reason", "attempts", "next_attempt_at"])
    queue_after_commit(send_notice, str(notice.pk))
    return notice


@action(_("Message cancelled"))
def cancel_notice(notice: Notice, *, reason: str, by: User) -> Notice:
    """Cancel a message that was not sent: it never goes, and its person does not read it here either.

    Raises NotAllowed, OutOfOrder (see `reword_notice`), Refused without a reason.
    """
    require_words(reason, _("Say why the message is cancelled."), field="reason")
    notice = _judged(notice, by=by, states=REWORDED_IN)
    return _stop(notice, State.DROPPED, reason, by)


def _judged(notice: Notice, *, by: User, states: Sequence[State]) -> Notice:
    """The fresh row, locked, of a message that the person may steer now."""
    notice = judged(
        notice,
        may_steer_notices,
        by=by,
        states=states,
        or_else=_("This message is being sent at this moment. Look again in a minute."),
    )
    if reason := why_beyond_reach(notice):
        raise OutOfOrder(reason)
    return notice


def why_beyond_reach(notice: Notice) -> str:
    """Why nobody steers a message, whatever its state; empty where somebody may. No query."""
    if not may_be_steered(notice.kind):
        return str(
            _("A warning like this goes as it is: nobody changes, holds back or cancels it.")
        )
    if notice.gathered_in_id:
        return str(_("It is part of an e-mail that is on its way already."))
    if notice.is_seen:
        return str(_("The person has read it in the portal already."))
    return ""


def _stop(notice: Notice, state: State, reason: str, by: User) -> Notice:
    if not notice.subject:
        # What is stopped before anybody tried to send it has words too, by which it is found.
        write_text(notice)
    move(notice, state)
    notice.stopped_by, notice.stop_reason = by, reason.strip()
    notice.save(update_fields=["subject", "body", "state", "stopped_by", "stop_reason"])
    return notice
