"""Where private files lie: each has its name only once it is whole.

Django writes under the final name, so that a disk that fills up, or a machine that stops, leaves half
a file where a row may look for a whole one.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.core.files.utils import validate_file_name

from conduct.actions import want_of_space_told
from conduct.actions.undoing import undo_on_failure

# Nothing that is asked for has this ending; what a process left that was killed is known by it.
UNFINISHED = ".unfinished"


class WholeFileStorage(FileSystemStorage):
    """Files of this machine's disk, written beside their name, put to the disk, then named.

    Saving raises NoSpace where there is no room. Whatever error ends it, nothing of the file stays;
    and where it belongs to an action that fails, it goes with that.
    """

    def _save(self, name: str, content: File) -> str:
        with want_of_space_told():
            path = Path(self.path(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.parent / f".{uuid4().hex}{UNFINISHED}"
            try:
                _write(draft, content)
                self._permit(draft)
                while not _name_once(draft, path):
                    name = self.get_available_name(name)
                    path = Path(self.path(name))
                _put_to_disk(path.parent)
            finally:
                with suppress(OSError):
                    draft.unlink(missing_ok=True)
        stored = path.relative_to(self.location).as_posix()
        validate_file_name(stored, allow_relative_path=True)
        undo_on_failure(partial(self.delete, stored))
        return stored

    def _permit(self, draft: Path) -> None:
        mode: Any = self.file_permissions_mode
        if mode is not None:
            draft.chmod(mode)
        self._ensure_location_group_id(draft)  # type: ignore[attr-defined]


def _write(draft: Path, content: File) -> None:
    with draft.open("xb") as file:
        for piece in content.chunks():
            file.write(piece.encode() if isinstance(piece, str) else piece)
        file.flush()
        # What a full disk keeps back from some file systems (delayed, over a net) is told here.
        os.fsync(file.fileno())


def _name_once(draft: Path, path: Path) -> bool:
    """Give the whole file its name; False where another file has it."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError:
        # A file system without links. Names are random: what is not there now will not be.
        if path.exists():
            return False
        draft.rename(path)
    return True


def _put_to_disk(folder: Path) -> None:
    """Let the name itself outlive a machine that stops."""
    # Some file systems know no such thing for folders; the file is there all the same.
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
