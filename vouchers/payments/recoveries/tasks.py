"""Background work: finance is told what is overdue."""

from __future__ import annotations

from celery import shared_task

from .actions.demanding import remind_of_recoveries


@shared_task
def watch_recoveries() -> int:
    """Tell finance of every recovery whose day is over since; how many."""
    return remind_of_recoveries()
