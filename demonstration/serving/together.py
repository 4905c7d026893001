"""Several programs as one: started, shown line by line, and ended together.

They end with the process that started them, however it ends: in order (Ctrl-C, `make stop`, a closed
terminal) it ends them itself, and when it is killed the kernel does. honcho, which was used before,
starts programs through a shell and leaves them behind in both cases; supervisord and circus do not
end with a terminal either.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

# So long the programs may take to end in order, in seconds; then they are killed.
SECONDS_TO_END = 20.0
_PR_SET_PDEATHSIG = 1
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def end_with_parent(parent: int) -> None:
    """Let the kernel end this process (SIGTERM) as soon as `parent` is no more. Linux only."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


class _Terminal:
    """The terminal in which this process is in front, if any, and whether it was closed.

    The kernel tells only the first program of a closed terminal. A shell passes it on by ending, but
    make, where it is the first (`xterm -e make demo`), waits for us instead.
    """

    def __init__(self) -> None:
        self._in_front = False
        self._goes_on = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        self.is_closed()

    def is_closed(self) -> bool:
        """Whether it is gone; never for what was sent to the background, or started with nohup."""
        try:
            terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
        except OSError:
            return self._in_front and not self._goes_on
        try:
            self._in_front = os.tcgetpgrp(terminal) == os.getpgrp()
        except OSError:
            return self._in_front and not self._goes_on
        finally:
            os.close(terminal)
        return False


class Together:
    """Runs programs until one of them ends or a signal comes; `run` gives the exit code of all."""

    def __init__(self, say: Callable[[str], Any]) -> None:
        self._listener = say
        # Each program has a thread that tells its lines; without this they stand within one another.
        self._one_at_a_time = threading.Lock()
        self._programs: dict[str, subprocess.Popen[str]] = {}
        self._asked_to_end = 0

    def run(
        self,
        programs: Mapping[str, Sequence[str]],
        *,
        env: Mapping[str, str],
        cwd: Path,
        started: Callable[[], Any] = lambda: None,
    ) -> int:
        """Start the programs (name → words of the command) and wait for their end.

        0 after a signal that asked for the end; otherwise the code of the program that ended first,
        at least 1, since all of them should go on. `started` is called in a thread of its own.
        """
        before = {number: signal.getsignal(number) for number in _SIGNALS}
        for number, handler in before.items():
            # What was started with nohup goes on when its terminal closes.
            if handler is not signal.SIG_IGN:
                signal.signal(number, self._on_signal)
        try:
            for name, command in programs.items():
                self._start(name, command, env, cwd)
            threading.Thread(target=started, daemon=True).start()
            ended = self._wait_for_first()
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        if self._asked_to_end or ended is None:
            return 0
        name, code = ended
        self._say(f"{name} ended with {code}, so the others were ended too.")
        return abs(code) or 1

    def _on_signal(self, number: int, _frame: Any) -> None:
        self._asked_to_end += 1
        # Whoever presses Ctrl-C again does not want to wait.
        if number == signal.SIGINT and self._asked_to_end > 1:
            self._signal_all(signal.SIGKILL)

    def _start(self, name: str, command: Sequence[str], env: Mapping[str, str], cwd: Path) -> None:
        parent = os.getpid()
        self._programs[name] = process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=dict(env),
            cwd=cwd,
            # Apart from the terminal, whose Ctrl-C they would get beside our word to end.
            start_new_session=True,
            preexec_fn=lambda: end_with_parent(parent),
        )
        threading.Thread(target=self._show, args=[name, process], daemon=True).start()

    def _say(self, line: str) -> None:
        with self._one_at_a_time:
            self._listener(line)

    def _show(self, name: str, process: subprocess.Popen[str]) -> None:
        if process.stdout is not None:
            for line in process.stdout:
                self._say(f"{name:>8} | {line.rstrip()}")

    def _wait_for_first(self) -> tuple[str, int] | None:
        terminal = _Terminal()
        while not (self._asked_to_end or terminal.is_closed()):
            for name, process in self._programs.items():
                if (code := process.poll()) is not None:
                    return name, code
            time.sleep(0.1)
        return None

    def _end_all(self) -> None:
        self._signal_all(signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_END
        while any(process.poll() is None for process in self._programs.values()):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        # Whatever a program left behind in its session goes too.
        self._signal_all(signal.SIGKILL)
        for process in self._programs.values():
            process.wait()

    def _signal_all(self, number: int) -> None:
        for process in self._programs.values():
            if number == signal.SIGKILL:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, number)
            elif process.poll() is None:
                process.send_signal(number)


def python(*arguments: str) -> list[str]:
    """The words that run a module of this Python: nothing is looked up, nothing goes through a shell."""
    return [sys.executable, "-W", "ignore", "-m", *arguments]
