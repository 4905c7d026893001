"""Every write about notices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents.facts import frozen
from documents.models import Document
from records.acting import NotAllowed, action, constraints_of
from records.queueing import queue_after_commit

from .models import Notice
from .queries import notices_of
from .sending import PATIENCE
from .tasks import send_notice


@action(_("Notice written"))
def notify(
    recipient: User,
    kind: str,
    *,
    facts: dict[str, Any],
    url: str = "",
    documents: Iterable[Document] = (),
    about: models.Model | None = None,
    key: str | None = None,
) -> Notice:
    """Write down a message to one person; it is sent after the commit, once.

    `kind` names the templates `notices/<kind>.subject.txt` and `.body.txt`, which see `facts`
    (JSON), `recipient` and `link` (of `url`, a path of ours; without one, the page of `about`). The
    mail leaves when every one of
    `documents` is made. With a `key` (for example `award-12`) the person is told once, however
    often this is called: the notice that exists is given back.
    """
    if key is not None:
        told = Notice.objects.filter(recipient=recipient, key=key).first()
        if told is not None:
            return told
    with constraints_of(Notice):
        notice = Notice.objects.create(
            recipient=recipient,
            kind=kind,
            language=recipient.language,
            facts=frozen(facts),
            url=url or _page_of(about),
            content_type=ContentType.objects.get_for_model(about) if about else None,
            object_id=str(about.pk) if about else "",
            key=key,
            next_attempt_at=timezone.now() + PATIENCE,
        )
    notice.documents.set(documents)
    queue_after_commit(send_notice, str(notice.pk))
    return notice


def _page_of(about: models.Model | None) -> str:
    page = getattr(about, "get_absolute_url", None)
    return page() if page else ""


@action(_("Notice read"))
def mark_seen(notice: Notice, *, by: User) -> Notice:
    """Note that the recipient has read the notice. Raises NotAllowed for anybody else."""
    if notice.recipient_id != by.pk:
        raise NotAllowed(_("You can mark your own notices only."))
    if notice.seen_at is None:
        notice.seen_at = timezone.now()
        notice.save(update_fields=["seen_at"])
    return notice


@action(_("Notices read"))
def mark_all_seen(*, by: User) -> int:
    """Note that the person has read everything; how many notices were new."""
    return notices_of(by).filter(seen_at=None).update(seen_at=timezone.now())
