"""Handing work to a worker once what it is about is committed."""

from typing import Any

from django.db import transaction


def queue_after_commit(task: Any, *arguments: object) -> None:
    """Queue a Celery task after the commit; nothing is queued when the transaction fails.

    With Redis away the rows stand all the same, the error is logged, and a sweeper queues the task
    later: whoever pressed the button notices nothing.
    """

    def queue() -> None:
        task.delay(*arguments)

    transaction.on_commit(queue, robust=True)
