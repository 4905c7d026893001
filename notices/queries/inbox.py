"""Notices as others ask for them: a person's inbox, and what is due to be sent."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from conduct.queries.scoping import for_system
from documents.models import Document
from notices.models import DIGEST_KIND, Notice, Preference
from notices.wording.topics import DIGESTIBLE, Delivery


def notices_of(user: User) -> QuerySet[Notice]:
    """What the person was told, newest first; a notice shows once its text is written.

    What is held back or cancelled was not told; what was sent once more stands there once.
    """
    return (
        Notice.objects.filter(recipient=user, again_of=None)
        .exclude(subject="")
        .exclude(kind=DIGEST_KIND)
        .exclude(state__in=[Notice.State.STOPPED, Notice.State.DROPPED])
        .order_by("-created_at", "-pk")
    )


def unseen_count(user: User) -> int:
    """How many notices the person has not opened yet."""
    return notices_of(user).filter(seen_at=None).count()


@for_system("background work sends letters that were late")
def with_late_letters() -> QuerySet[Notice]:
    """Notices that went without a letter which is made by now."""
    still = Document.objects.exclude(state=Document.State.READY).filter(notices=OuterRef("pk"))
    return Notice.objects.filter(letters_follow=True).filter(~Exists(still))


@for_system("background work gathers e-mails")
def people_with_due_digests(now: datetime) -> list[int]:
    """The ids of those for whom notices are held whose time has come."""
    held = Notice.objects.filter(state=Notice.State.HELD, gathered_in=None, hold_until__lte=now)
    return list(held.order_by("recipient").values_list("recipient", flat=True).distinct())


def preferences_of(user: User) -> dict[str, str]:
    """How the person wants the notices of each topic that leaves a choice."""
    chosen = dict(Preference.objects.filter(person=user).values_list("topic", "delivery"))
    return {topic.value: chosen.get(topic, Delivery.NOW.value) for topic in DIGESTIBLE}
