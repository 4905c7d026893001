"""What the holder of a link is told of what came by it."""

from __future__ import annotations

from conduct.actions.queueing import queue_after_commit
from vouchers.assistance.workroom.models import WorkLink, WorkMail, WorkMailKind
from vouchers.assistance.workroom.tasks import mail_at_work


def write_by_link(link: WorkLink, kind: str, **facts: str) -> WorkMail:
    """Write to the holder of a link; the e-mail goes out after the commit, once."""
    mail = WorkMail.objects.create(link=link, kind=WorkMailKind(kind), facts=facts)
    queue_after_commit(mail_at_work, mail.pk)
    return mail
