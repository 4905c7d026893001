"""What every test of this room needs."""

from uuid import uuid4

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def no_attempts_yet(monkeypatch):
    """Rate limits count in the cache, which outlives a test: each test counts for itself.

    The cache is never cleared, since other test processes (and Celery) live in the same Redis.
    """
    monkeypatch.setattr(caches["default"], "key_prefix", uuid4().hex)
