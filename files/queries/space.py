"""Room for files: how much is left on the disk, and when somebody must be told."""

from __future__ import annotations

import shutil

from django.conf import settings

from files.actions.refusals import NotKept


def free_space() -> int | None:
    """Bytes left where private files lie; None where that is no disk of this machine."""
    # Before the first file there is no folder yet: the disk is that of the folder above.
    folder = next(
        (path for path in (settings.MEDIA_ROOT, *settings.MEDIA_ROOT.parents) if path.exists()),
        None,
    )
    try:
        return shutil.disk_usage(folder).free if folder else None
    except OSError:
        return None


def is_nearly_full() -> bool:
    """Whether less is left than settings.LOW_DISK_MB: coordinators and administrators are told."""
    free = free_space()
    return free is not None and free < settings.LOW_DISK_MB * 1024 * 1024


def require_room(size: int) -> None:
    """Raise NotKept when less than `size` bytes are left for files, before any of them is taken."""
    free = free_space()
    if free is not None and free < size:
        raise NotKept
