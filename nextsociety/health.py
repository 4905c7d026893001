"""Whether the portal lives, and whether it can do all its work.

`/healthz` is for whoever restarts what has died: web, database and Redis. `/readyz` tells besides of
each queue whether a worker takes its tasks, what it is busy with, and how long the oldest job waits.
Both answer before the host is looked at, since probes call by address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from files.queries.space import is_nearly_full
from jobs.actions.living import queue_states
from jobs.queries import oldest_by_queue


class HealthMiddleware:
    """Answer the probes before anything else: before the host is checked, and without a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = {"/healthz": healthz, "/readyz": readyz}.get(request.path)
        return probe(request) if probe else self.get_response(request)


def healthz(_request: HttpRequest) -> JsonResponse:
    """200 while web, database and Redis work, 503 otherwise; which part fails, and nothing more."""
    return _told(_parts())


def readyz(_request: HttpRequest) -> JsonResponse:
    """200 while every part and every queue works, 503 otherwise; and how long its jobs wait.

    By queue: `state` (ok, busy, silent), and in seconds `beat` (its last sign of life), `busy` (how
    long it is at one task) and `oldest` (how long its oldest job waits). `disk` says `low` while
    little room is left for files; that alone stops nothing.
    """
    parts = _parts()
    oldest = oldest_by_queue() if parts["database"] == "ok" else None
    parts["disk"] = "low" if is_nearly_full() else "ok"
    parts["queues"] = {
        queue.name: {
            "state": queue.state,
            "beat": queue.beat,
            "busy": queue.busy,
            "oldest": queue.oldest,
        }
        for queue in queue_states(oldest)
    }
    return _told(parts)


def _parts() -> dict[str, Any]:
    return {name: "ok" if _works(check) else "failing" for name, check in _CHECKS.items()}


def _told(parts: dict[str, Any]) -> JsonResponse:
    states = [part for part in parts.values() if isinstance(part, str)]
    states += [queue["state"] for queue in parts.get("queues", {}).values()]
    works = not {"failing", "silent"} & set(states)
    answer = JsonResponse(parts, status=200 if works else 503)
    answer["Cache-Control"] = "no-store"
    return answer


def _works(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _redis() -> bool:
    caches["redis"].set("health", "ok", 10)
    return caches["redis"].get("health") == "ok"


_CHECKS = {"database": _database, "redis": _redis}
