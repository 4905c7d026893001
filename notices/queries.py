"""Notices as others ask for them: a person's inbox, and what is due to be sent."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User

from .models import Notice


def notices_of(user: User) -> QuerySet[Notice]:
    """What the person was told, newest first; a notice shows once its text is written."""
    return Notice.objects.filter(recipient=user).exclude(subject="").order_by("-created_at")


def unseen_count(user: User) -> int:
    """How many notices the person has not opened yet."""
    return notices_of(user).filter(seen_at=None).count()


def due_notices(now: datetime | None = None) -> QuerySet[Notice]:
    """Notices that nobody has sent although their turn has come, oldest first."""
    return Notice.objects.filter(
        state=Notice.State.PENDING, next_attempt_at__lte=now or timezone.now()
    ).order_by("next_attempt_at")
