"""What one test leaves behind is not found by the next, in whatever order they run."""

from __future__ import annotations

from time import monotonic

import pytest

from conduct.actions import queueing
from nextsociety import caching
from nextsociety.celery import HEARTBEAT
from nextsociety.celery import app as celery
from tests.conftest import forget_tasks


@pytest.fixture
def waiting():
    """How many tasks wait in the queues, by queue."""

    def count():
        with celery.connection_for_write() as broker, broker.channel() as channel:
            return {queue: channel._size(queue) for queue in celery.amqp.queues}

    return count


def test_tasks_of_before_are_taken_from_every_queue(waiting):
    for queue in celery.amqp.queues:
        celery.send_task(HEARTBEAT, [queue], queue=queue)
    assert min(waiting().values()) >= 1
    forget_tasks()
    assert set(waiting().values()) == {0}


def test_what_a_dead_worker_had_taken_does_not_come_back():
    with celery.connection_for_write() as broker, broker.channel() as channel:
        channel.client.hset(channel.unacked_key, "tag", "[]")
        channel.client.zadd(channel.unacked_index_key, {"tag": 1})
        forget_tasks()
        assert channel.client.exists(channel.unacked_key, channel.unacked_index_key) == 0


@pytest.mark.parametrize("attempt", range(2))
def test_redis_that_was_slow_before_is_asked_again(attempt):
    assert queueing._rests_until == 0
    assert caching._rests_until == {}
    queueing._rests_until = monotonic() + 60
    caching._rests_until["a server"] = monotonic() + 60
