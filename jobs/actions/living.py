"""Whether the workers live: what each queue last took, and what it is busy with.

Kept in Redis, through which the work comes: where Redis is away, nothing is known and nothing is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import time
from typing import Any

from django.conf import settings
from django.core.cache import caches

# Beat sends a sign of life through each queue every 15 seconds; with three missed something is
# wrong, unless the queue is busy with a long task.
SILENCE_SECONDS = 50
_KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class QueueState:
    """One queue: `ok`, `busy` or `silent`; ages in seconds, None where nothing is known."""

    name: str
    state: str
    beat: int | None = None
    busy: int | None = None
    task: str = ""
    oldest: int | None = None

    @property
    def works(self) -> bool:
        return self.state != "silent"


def queue_names() -> list[str]:
    """The queues of the portal."""
    return [queue.name for queue in settings.CELERY_TASK_QUEUES]


def note_heartbeat(queue: str) -> None:
    """Write down that the worker of a queue has just run a task that beat sent."""
    caches["redis"].set(_beat_key(queue), time(), _KEPT_SECONDS)


def note_work(queue: str, task: str, *, began: float | None, limit: int) -> None:
    """Write down since when a queue is busy with a task (seconds since 1970); None: it is done.

    It counts for `limit` seconds at most. What cannot be written is left out: no task fails because
    nobody can look on.
    """
    try:
        if began is None:
            caches["redis"].delete(_work_key(queue))
        else:
            caches["redis"].set(_work_key(queue), {"task": task, "began": began}, limit)
    except Exception:
        return


def queue_states(oldest: dict[str, int] | None = None) -> list[QueueState]:
    """How each queue is; `oldest` tells how long its oldest job waits, in seconds."""
    return [_state(name, (oldest or {}).get(name)) for name in queue_names()]


def _state(name: str, oldest: int | None) -> QueueState:
    now = time()
    beat: float | None
    work: dict[str, Any] | None
    try:
        beat, work = caches["redis"].get(_beat_key(name)), caches["redis"].get(_work_key(name))
    except Exception:
        beat = work = None
    fresh = beat is not None and now - beat < SILENCE_SECONDS
    return QueueState(
        name=name,
        state="ok" if fresh else "busy" if work else "silent",
        beat=None if beat is None else round(now - beat),
        busy=None if work is None else round(now - work["began"]),
        task=work["task"] if work else "",
        oldest=oldest,
    )


def _beat_key(queue: str) -> str:
    return f"heartbeat-{queue}"


def _work_key(queue: str) -> str:
    return f"at-work-{queue}"
