"""Messages to clusters that somebody looks after: one held back, one changed, one that came back."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from dashboards.queries.outbox import notices_to_clusters
from notices.actions import Reported, hold_notice, note_event, reword_notice
from notices.actions.sending import send_notice
from notices.models import EventKind, EventSource, Notice
from notices.rules.steering import may_be_steered
from notices.wording.messages import write_text

# What is added, in the language of whoever reads it.
ADDED = {
    "en": "If anything is unclear, call us: we are there every morning.",
    "fr": "Si quelque chose n’est pas clair, appelez-nous\N{NO-BREAK SPACE}: "
    "nous sommes là tous les matins.",
    "ar": "إن كان أي شيء غير واضح فاتصلوا بنا، فنحن هنا كل صباح.",
}


def look_after_messages(by: User) -> None:
    """Hold one message back, add a line to another, and learn that a third came back."""
    held, changed, returned = _that_wait(by)[:3]
    hold_notice(held, reason="Is the day right? I ask the partner first.", by=by)
    write_text(changed)
    reword_notice(
        changed,
        subject=changed.subject,
        body=f"{changed.body}\n\n{ADDED[changed.language]}",
        seen=0,
        reason="Several clusters asked whom they can call.",
        by=by,
    )
    if send_notice(returned.pk):
        note_event(
            returned,
            Reported(
                kind=EventKind.SOFT,
                source=EventSource.MAILBOX,
                address=returned.recipient.email,
                happened_at=timezone.now(),
                key="demonstration",
                status="5.2.2",
                words="552 5.2.2 The mailbox is full",
            ),
        )


def _that_wait(user: User) -> list[Notice]:
    """The newest messages to clusters that wait with nothing attached, one for each person."""
    waiting = notices_to_clusters(user).filter(
        state=Notice.State.PENDING, delivery="now", documents=None, seen_at=None
    )
    people: dict[int, Notice] = {}
    for notice in waiting[:200]:
        if may_be_steered(notice.kind):
            people.setdefault(notice.recipient_id, notice)
    return list(people.values())
