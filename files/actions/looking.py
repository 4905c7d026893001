"""Looking at a stored file: small pictures of its first pages, and how much of it there is.

A process of its own draws them, within limits: it fails alone, and the page says that there is none.
"""

from __future__ import annotations

from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from files.actions.confined import MEGABYTE, Limits, run_confined
from files.models import Preview

LIMITS = Limits(cpu_seconds=20, wall_seconds=60, memory=1024 * MEGABYTE)
_MOST = 2**31 - 1


def look(preview: Preview, file: BinaryIO) -> None:
    """Write on the preview what the file tells at a glance, and store its pictures.

    Raises Found or GaveUp for a file that cannot be drawn, now or ever.
    """
    answer = run_confined("look", file, limits=LIMITS, media_type=preview.content_type)
    for name in ("pages", "sheets", "words", "width", "height"):
        value = answer.facts.get(name)
        if isinstance(value, int):
            setattr(preview, name, max(0, min(value, _MOST)))
    stored: list[str] = []
    try:
        for number, picture in enumerate(answer.blobs):
            stored.append(default_storage.save(preview.picture(number), ContentFile(picture)))
    except Exception:
        # They are drawn anew into another folder: what nobody will look for makes no disk fuller.
        for name in stored:
            default_storage.delete(name)
        raise
    preview.pictured = max(0, len(answer.blobs) - 1)


def redraw(file: BinaryIO, content_type: str, *, longest: int, quality: int) -> bytes:
    """A picture made anew as WebP, at most `longest` pixels on a side.

    Raises Found or GaveUp for a picture that cannot be drawn.
    """
    answer = run_confined(
        "redraw", file, limits=LIMITS, media_type=content_type, longest=longest, quality=quality
    )
    return answer.blobs[0]
