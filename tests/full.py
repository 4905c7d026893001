"""Disks and databases without room, for the tests."""

from __future__ import annotations

import subprocess
from errno import ENOSPC
from pathlib import Path

import pytest
from django.db import connection, transaction

KILOBYTE = 1024


class SmallDisk:
    """A file system of 256 kB, which is really full when it is full."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, *, leave: int = 0) -> None:
        """Take all of it but about `leave` bytes."""
        with self._filler.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * KILOBYTE)
            except OSError as error:
                if error.errno != ENOSPC:
                    raise
            file.truncate(max(0, file.tell() - leave))

    def make_room(self) -> None:
        self._filler.unlink()

    def files(self, *, below: str = "") -> list[Path]:
        """Every file on it but what fills it."""
        found = (self.folder / below).rglob("*")
        return [path for path in found if path.is_file() and path != self._filler]


@pytest.fixture
def small_disk(tmp_path):
    """A small file system of its own; skipped where nobody may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("Only root may mount a small file system.")
    yield SmallDisk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def files_on_small_disk(small_disk, settings):
    """Private files lie on the small file system."""
    settings.MEDIA_ROOT = small_disk.folder
    return small_disk


def fail_for_want_of_room(*_args, **_kwargs):
    """What PostgreSQL answers where its disk is full: the very error, raised by the server.

    It ends no transaction but its own, since the test's own encloses what would be several.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DO $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device'"
            " USING ERRCODE = '53100'; END $$"
        )
