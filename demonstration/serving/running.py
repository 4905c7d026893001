"""Which demonstration runs on a data folder, and ending it (`python -m … stop`).

Whoever serves holds a lock on a file of the data folder, which the kernel drops however the process
dies; the file says who it is. Only the standard library is imported, so that stopping starts nothing.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# So long a demonstration may take to end in order, in seconds; then it is ended at once.
SECONDS_TO_END = 40.0


@dataclass(frozen=True)
class Running:
    """A demonstration that is being served: its process and its address."""

    pid: int
    address: str


class AlreadyServed(Exception):
    """Another process serves the demonstration of this data folder; `running` says which."""

    def __init__(self, running: Running) -> None:
        self.running = running
        super().__init__(
            f"The demonstration is running already at {running.address} (make stop ends it)."
        )


@contextmanager
def serving(data_dir: Path, address: str) -> Iterator[None]:
    """Be the one who serves `data_dir` while the context lasts. Raises AlreadyServed."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with _mark(data_dir).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServed(_read(data_dir)) from None
        file.truncate(0)
        file.write(f"{os.getpid()} {address}\n")
        file.flush()
        yield
        file.truncate(0)


def running(data_dir: Path) -> Running | None:
    """The demonstration that is served from `data_dir`, or None."""
    return _read(data_dir) if _is_held(_mark(data_dir)) else None


def stop(data_dir: Path) -> Running | None:
    """End the demonstration of `data_dir` with its engines, and wait for it; what was ended."""
    found = running(data_dir)
    if found is not None:
        os.kill(found.pid, signal.SIGTERM)
        if not _wait_until_free(_mark(data_dir)):
            # Its programs end with it (demonstration/serving/together.py).
            os.kill(found.pid, signal.SIGKILL)
            _wait_until_free(_mark(data_dir))
    # The keeper stops the engines once nobody uses them; somebody else may (a shell, a test).
    _wait_until_free(data_dir / "keeper.lock", seconds=15)
    return found


def _mark(data_dir: Path) -> Path:
    return data_dir / "serving"


def _read(data_dir: Path) -> Running:
    words = _mark(data_dir).read_text().split()
    return Running(int(words[0]), words[1]) if len(words) == 2 else Running(0, "another address")


def _is_held(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _wait_until_free(path: Path, *, seconds: float = SECONDS_TO_END) -> bool:
    deadline = time.monotonic() + seconds
    while _is_held(path):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def main() -> None:
    data_dir = Path(os.environ.get("NEXTSOCIETY_DATA", ROOT / ".data")).resolve()
    found = stop(data_dir)
    said = f"Stopped the demonstration at {found.address}" if found else "No demonstration runs"
    sys.stdout.write(f"{said} ({data_dir}).\n")


if __name__ == "__main__":
    main()
