"""A cache that outlives Redis: while Redis is away, what is kept lies in the database.

Limits of attempts, who else writes in a draft, and kept downloads need a cache; none of them may stop
somebody from logging in, saving or checking a letter. Limits go on counting in the spare cache, so
that nobody may guess passwords because Redis is away.

django-redis can pass over errors, but then counts nothing; django-cache-fallback (one release in
years) also takes a ValueError of `incr` for a failure, and asks the dead server anew each time, which
costs every page a timeout.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

SPARE = "spare"
# So long Redis is left alone after it did not answer: a page must not wait for it each time.
REST_SECONDS = 5.0
# For the connection and for an answer, in seconds; asked once, since the spare cache is there.
CONNECTION = {
    "socket_connect_timeout": 1,
    "socket_timeout": 2,
    "retry": Retry(NoBackoff(), 0),
}

_rests_until: dict[str, float] = {}


class SteadyCache(RedisCache):
    """Redis, or the cache `spare` for as long as Redis does not answer."""

    @property
    def _name(self) -> str:
        return ";".join(self._servers)  # type: ignore[attr-defined]

    @property
    def is_resting(self) -> bool:
        """Whether Redis did not answer just now, so that the spare cache is asked."""
        return monotonic() < _rests_until.get(self._name, 0)

    def rest(self, error: Exception) -> None:
        """Ask the spare cache for a while."""
        logger.warning("Redis is away, the database keeps the cache: %s", error)
        _rests_until[self._name] = monotonic() + REST_SECONDS


def _steady(name: str) -> Callable[..., Any]:
    in_redis = getattr(RedisCache, name)

    @wraps(in_redis)
    def method(self: SteadyCache, *args: Any, **kwargs: Any) -> Any:
        if not self.is_resting:
            try:
                return in_redis(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                self.rest(error)
        spare = caches[SPARE]
        spare.key_prefix = self.key_prefix
        return getattr(spare, name)(*args, **kwargs)

    return method


for _method in (
    *("add", "get", "set", "touch", "delete", "get_many", "has_key", "incr"),
    *("set_many", "delete_many", "clear"),
):
    setattr(SteadyCache, _method, _steady(_method))
