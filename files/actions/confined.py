"""Running what reads a stranger's file in a process of its own, with limits.

A PDF of two kilobytes can hold minutes of drawing and gigabytes of it. The process that reads it ends
at its limits, alone: the one that asked waits, holds nothing of the file in memory, and gets either a
plain answer or `GaveUp`. It is forked from a fresh interpreter (`python -m files.reading`) with an empty
environment: no secret, no connection, no lock of ours is in it.
"""

from __future__ import annotations

import atexit
import io
import json
import logging
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from files.reading.answers import Reply, read_answer
from files.reading.found import FileFault, Found

logger = logging.getLogger(__name__)

MEGABYTE = 1024**2
_ROOT = Path(__file__).resolve().parent.parent.parent
_OUT_OF_MEMORY = 3
# Seconds beyond its time on the clock that we wait for word of a process.
_GRACE = 10
# Whole messages, each with its open files; macOS has no such sockets, and datagrams do as well.
_MESSAGES = getattr(socket, "SOCK_SEQPACKET", socket.SOCK_DGRAM)
# Beyond this a file that is not on the disk yet is put there for the child to read.
_IN_MEMORY = 4 * MEGABYTE
_TOLD = 2000
# What an interpreter may need to find its libraries; nothing else is handed on.
_HANDED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT")


@dataclass(frozen=True)
class Limits:
    """What a confined process may use: seconds of a processor, seconds on the clock, bytes."""

    cpu_seconds: int
    wall_seconds: int
    memory: int = 1024 * MEGABYTE
    output: int = 32 * MEGABYTE


class GaveUp(Exception):
    """The file took more than it may, or the process that read it broke down.

    `is_too_much` says that it was time or memory; otherwise it crashed. `may_pass` says that the
    machine may just have been busy: the clock ended it, not what it used.
    """

    def __init__(self, reason: str, *, is_too_much: bool = False, may_pass: bool = False) -> None:
        super().__init__(reason)
        self.is_too_much, self.may_pass = is_too_much, may_pass


def run_confined(task: str, file: BinaryIO, *, limits: Limits, **arguments: int | str) -> Reply:
    """Let a confined process do `task` of `files.reading` with the file, read from its beginning.

    Raises Found when it finds something amiss, GaveUp when it ends at its limits or crashes, and
    OSError when no process can be started (such as for want of memory).
    """
    told = {"task": task, "limits": asdict(limits), "arguments": arguments}
    with ExitStack() as held:
        source = held.enter_context(_readable(file))
        out = held.enter_context(_scratch("answer"))
        errors = held.enter_context(_scratch("errors"))
        code = _nursery.run(told, [source.fileno(), out.fileno(), errors.fileno()])
        if code:
            raise _gave_up(task, code, errors)
        out.seek(0)
        try:
            answer = read_answer(cast(BinaryIO, out))
        except ValueError as error:
            raise GaveUp("no answer") from error
    if "finding" in answer.facts:
        raise _found(answer)
    return answer


class _Nursery:
    """The process from which one is forked for each file; there is one for each of ours.

    It is started with the first file, ends with us or when nobody has asked for a while, and is
    started anew then. Several threads may ask at once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def run(self, told: dict[str, Any], files: list[int]) -> int:
        """The exit code of the process that did the job; -SIGALRM where its time was up."""
        code = self._try(told, files)
        if code is None:
            # It had ended, just now or long ago: another does it.
            code = self._try(told, files)
        if code is None:
            raise OSError("The process that reads files does not start.")
        return code

    def _try(self, told: dict[str, Any], files: list[int]) -> int | None:
        ours, its = socket.socketpair()
        with ours:
            with its:
                try:
                    self._send(json.dumps(told).encode(), [*files, its.fileno()])
                except OSError:
                    self.end()
                    return None
            # The process that waits for it has a clock of its own; this one is for its death.
            ours.settimeout(told["limits"]["wall_seconds"] + _GRACE)
            try:
                said = ours.recv(20)
            except TimeoutError:
                return -signal.SIGALRM
            if not said:
                self.end()
                return None
            return int(said)

    def _send(self, message: bytes, files: list[int]) -> None:
        with self._lock:
            control = self._control
            if control is None or self._owner != os.getpid():
                control = self._start()
            socket.send_fds(control, [message], files)

    def _start(self) -> socket.socket:
        ours, its = socket.socketpair(socket.AF_UNIX, _MESSAGES)
        with its:
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-P", "-m", "files.reading"],
                stdin=its.fileno(),
                stdout=subprocess.DEVNULL,
                cwd=_ROOT,
                env=_environment(),
                start_new_session=True,
            )
        self._control, self._owner = ours, os.getpid()
        return ours

    def end(self) -> None:
        """End the process; jobs that are under way go on."""
        with self._lock:
            if self._control is not None:
                self._control.close()
                self._control = None
            if self._process is not None and self._owner == os.getpid():
                self._process.kill()
                self._process.wait()
                self._process = None


_nursery = _Nursery()
atexit.register(_nursery.end)


def _gave_up(task: str, code: int, errors: IO[bytes]) -> GaveUp:
    size = errors.seek(0, io.SEEK_END)
    errors.seek(max(0, size - _TOLD))
    said = errors.read().decode(errors="replace").strip()
    too_long = code in (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL)
    # pdfium ends itself where it gets no memory; nothing else that we use does.
    too_large = code in (_OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGXFSZ)
    reason = "time" if too_long else "memory" if too_large else f"exit code {code}"
    logger.warning("A confined process (%s) gave up: %s. %s", task, reason, said)
    by_the_clock = code in (-signal.SIGALRM, -signal.SIGKILL)
    return GaveUp(reason, is_too_much=too_long or too_large, may_pass=by_the_clock)


def _found(answer: Reply) -> Exception:
    facts = {name: value for name, value in answer.facts.items() if isinstance(value, int)}
    try:
        return Found(FileFault(str(answer.facts["finding"])), **facts)
    except ValueError:
        return GaveUp("an unknown finding")


def _environment() -> dict[str, str]:
    return {
        **{name: os.environ[name] for name in _HANDED_ON if name in os.environ},
        "PYTHONPATH": str(_ROOT),
        "LC_ALL": "C.UTF-8",
        # Each arena of memory counts against the limit, used or not.
        "MALLOC_ARENA_MAX": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _readable(file: BinaryIO) -> IO[bytes]:
    """The file as the child may read it: what lies on the disk is opened once more, read-only."""
    try:
        number = file.fileno()
        if stat.S_ISREG(os.fstat(number).st_mode):
            return _opened_again(number)
    except (OSError, AttributeError, ValueError):
        pass
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    copy = _scratch("file") if size <= _IN_MEMORY else _on_disk()
    shutil.copyfileobj(file, copy)
    copy.flush()
    copy.seek(0)
    file.seek(0)
    return copy


def _opened_again(number: int) -> IO[bytes]:
    """Another description of an open file, so that nobody moves the place where another reads."""
    try:
        return cast(IO[bytes], Path(f"/proc/self/fd/{number}").open("rb", buffering=0))
    except OSError:
        os.lseek(number, 0, os.SEEK_SET)
        return cast(IO[bytes], os.fdopen(os.dup(number), "rb", buffering=0))


def _scratch(name: str) -> IO[bytes]:
    """A nameless file in memory where the system has such, so that a full disk does not matter."""
    if hasattr(os, "memfd_create"):
        return cast(IO[bytes], os.fdopen(os.memfd_create(name), "w+b"))
    return _on_disk()


def _on_disk() -> IO[bytes]:
    return cast(IO[bytes], tempfile.TemporaryFile())
