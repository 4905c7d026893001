"""Forks a process for each file: `python -m files.reading`, which `files.actions.confined` starts.

The libraries that read files take a fifth of a second to load, so they are loaded once, here, where no
file is ever read. Each job comes over the socket on standard input with four open files: the file, where
to write the answer and the errors, and a line on which to say how it ended. It gets two processes: one
that reads, with limits, and one that waits for it and kills it when its time on the clock is up.

Ends when the other side does, or when nobody has asked for a while.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import traceback
from typing import Any

from files.reading import inspecting, pictures  # noqa: F401 (loaded before the first file comes)
from files.reading.office import inspecting as office  # noqa: F401 (loaded before the first file comes)
from files.reading.pdfs import inspecting as pdfs  # noqa: F401 (loaded before the first file comes)

from .tasks import limit, perform

# Seconds; the other side starts another when it needs one.
IDLE = 300
_LONGEST = 64 * 1024
_FILES = 4


def serve(control: socket.socket) -> None:
    """Fork a process for each job until the other side is gone."""
    # Nobody waits for those that wait.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.settimeout(IDLE)
    while True:
        try:
            message, files, _flags, _address = socket.recv_fds(control, _LONGEST, _FILES)
        except (TimeoutError, OSError):
            return
        if not message:
            return
        if os.fork() == 0:
            control.close()
            _wait_for_one(json.loads(message), files)
            os._exit(0)
        for file in files:
            os.close(file)


def _wait_for_one(told: dict[str, Any], files: list[int]) -> None:
    """Fork the process that reads, wait for its end, and say on the line how it came."""
    source, out, errors, line = files
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    limits = told["limits"]
    reader = os.fork()
    if reader == 0:
        os._exit(_read(told, limits, source, out, errors, line))
    is_late = []

    def late(*_signal: object) -> None:
        is_late.append(True)
        with contextlib.suppress(ProcessLookupError):
            os.kill(reader, signal.SIGKILL)

    signal.signal(signal.SIGALRM, late)
    signal.alarm(limits["wall_seconds"])
    _pid, status = os.waitpid(reader, 0)
    code = -signal.SIGALRM if is_late else os.waitstatus_to_exitcode(status)
    with contextlib.suppress(OSError), socket.socket(fileno=line) as answer:
        answer.sendall(str(int(code)).encode())


def _read(
    told: dict[str, Any], limits: dict[str, int], source: int, out: int, errors: int, line: int
) -> int:
    """In the process that reads: its limits come first, before a byte of the file."""
    try:
        for number, standard in ((source, 0), (out, 1), (errors, 2)):
            os.dup2(number, standard)
        for number in (source, out, errors, line):
            if number > 2:
                os.close(number)
        limit(cpu_seconds=limits["cpu_seconds"], memory=limits["memory"], output=limits["output"])
        return perform(told["task"], told["arguments"])
    except BaseException:
        os.write(2, traceback.format_exc().encode()[-2000:])
        return 1


def _control() -> socket.socket:
    """The socket on standard input, which none of those that wait may keep open."""
    control = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return control


if __name__ == "__main__":
    serve(_control())
    sys.exit(0)
