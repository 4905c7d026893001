"""Handing work to a worker once what it is about is committed."""

import logging
from time import monotonic
from typing import Any

from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

# So long nothing is queued after Redis did not take a task: whoever writes must not wait for it with
# each letter that they issue.
REST_SECONDS = 5.0

_rests_until = 0.0


def hand_over(task: Any, *arguments: object, priority: int = 0) -> None:
    """Queue a Celery task now; of one queue those with the lowest priority are begun first."""
    if priority:
        task.apply_async(arguments, priority=priority)
    else:
        task.delay(*arguments)


def queue_after_commit(task: Any, *arguments: object, priority: int = 0) -> None:
    """Queue a Celery task after the commit; nothing is queued when the transaction fails.

    Of one queue those with the lowest `priority` (0, 3, 6 or 9) are begun first.
    With Redis away the rows stand all the same, the error is logged, and a sweeper queues the task
    later: whoever pressed the button notices nothing.
    """

    def queue() -> None:
        global _rests_until
        if monotonic() < _rests_until:
            return
        try:
            hand_over(task, *arguments, priority=priority)
        except (OperationalError, OSError) as error:
            _rests_until = monotonic() + REST_SECONDS
            logger.warning("%s is left to the sweeper, Redis is away: %s", task.name, error)

    transaction.on_commit(queue, robust=True)
