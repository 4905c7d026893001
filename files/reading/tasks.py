"""What a confined process can be asked to do, and the limits that it gets before it does so."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from typing import Any

from .answers import Reply, write_answer
from .found import Found

# Exit codes that the other side understands; any other is a crash.
DONE, OUT_OF_MEMORY = 0, 3


def inspect(file: Any, **arguments: Any) -> Reply:
    from .inspecting import inspect

    return inspect(file, **arguments)


def tell(file: Any, **arguments: Any) -> Reply:
    from .inspecting import tell

    return tell(file, **arguments)


def look(file: Any, **arguments: Any) -> Reply:
    from .looking import look

    return look(file, **arguments)


def redraw(file: Any, **arguments: Any) -> Reply:
    from .looking import redraw

    return redraw(file, **arguments)


TASKS: dict[str, Callable[..., Reply]] = {
    "inspect": inspect,
    "tell": tell,
    "look": look,
    "redraw": redraw,
}


def limit(*, cpu_seconds: int, memory: int, output: int) -> None:
    """Bound this process, for good: seconds of a processor, bytes of memory and of output."""
    for kind, most, at_last in (
        # Told first that its time is up, then killed.
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_FSIZE, output, output),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _soft, hard = resource.getrlimit(kind)
        known = at_last if hard == resource.RLIM_INFINITY else min(at_last, hard)
        resource.setrlimit(kind, (min(most, known), known))


def perform(task: str, arguments: dict[str, Any]) -> int:
    """Do a task with the file on standard input, answer on standard output; the exit code."""
    try:
        with os.fdopen(0, "rb", closefd=False) as file, os.fdopen(1, "wb", closefd=False) as out:
            try:
                answer = TASKS[task](file, **arguments)
            except Found as found:
                answer = Reply({"finding": found.finding.value, **found.facts})
            write_answer(out, answer)
    except MemoryError:
        return OUT_OF_MEMORY
    return DONE
