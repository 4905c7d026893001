"""Whether the portal can do its work: database, Redis, and a worker that takes tasks."""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

HEARTBEAT = "worker-heartbeat"
# Beat sends one every 15 seconds; with two missed, something is wrong.
HEARTBEAT_SECONDS = 50


def note_heartbeat() -> None:
    """Write down that a worker has just run a task that beat sent."""
    cache.set(HEARTBEAT, timezone.now().isoformat(), HEARTBEAT_SECONDS)


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all parts work, 503 otherwise; which part fails, and nothing more."""
    found = {name: _works(check) for name, check in _CHECKS.items()}
    status = 200 if all(found.values()) else 503
    text = {name: "ok" if works else "failing" for name, works in found.items()}
    return JsonResponse(text, status=status)


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
    cache.set("health", "ok", 10)
    return cache.get("health") == "ok"


def _worker() -> bool:
    return cache.get(HEARTBEAT) is not None


_CHECKS = {"database": _database, "redis": _redis, "worker": _worker}
