"""Uploads and previews as others ask for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from accounts.models import User
from conduct.queries.scoping import for_system
from files.models import Preview, Upload


def uploads_of(user: User) -> QuerySet[Upload]:
    """The person's own uploads: nobody sees another's."""
    return Upload.objects.filter(owner=user) if user.is_authenticated else Upload.objects.none()


def unsettled_uploads(user: User, target: str, key: str) -> list[Upload]:
    """What the person began to upload to a record and what has not become a file of it.

    Interrupted uploads that can go on, those that wait for the virus scanner, and those that were
    refused after such a wait.
    """
    held = Q(state=Upload.State.CHECKING) | Q(
        state=Upload.State.REFUSED, next_check_at__isnull=False
    )
    receiving = Q(state=Upload.State.RECEIVING, expires_at__gt=timezone.now(), offset__gt=0)
    return list(uploads_of(user).filter(receiving | held, target=target, key=key))


@for_system("background work asks the virus scanner")
def uploads_to_check(now: datetime | None = None) -> QuerySet[Upload]:
    """Complete uploads whose turn with the virus scanner has come, oldest first."""
    return Upload.objects.filter(
        state=Upload.State.CHECKING, next_check_at__lte=now or timezone.now()
    ).order_by("next_check_at")


@for_system("of files that the page has found")
def previews_of(files: Iterable[FieldFile]) -> dict[str, Preview]:
    """The previews of the files, by the file's storage name; in one query."""
    names = [file.name for file in files]
    return {preview.source: preview for preview in Preview.objects.filter(source__in=names)}


@for_system("of a file that the view has found")
def ready_preview(file: FieldFile) -> Preview | None:
    """The preview of a stored file, once its pictures are made."""
    return Preview.objects.filter(source=file.name, state=Preview.State.READY).first()
