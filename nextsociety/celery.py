"""The Celery application that workers, beat and web share."""

import os
import resource
from time import time
from typing import Any

from celery import Celery, signals

from .garbage import look_less_often
from .queues import HEARTBEAT, limits_of, queue_of, routes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")

app = Celery("nextsociety")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# The rooms of one app that have background work.
app.autodiscover_tasks(
    [
        "vouchers.assistance.surveys",
        "vouchers.assistance.workroom",
        "vouchers.awards",
        "vouchers.awards.dossiers",
        "vouchers.awards.proposals",
        "vouchers.correspondence",
        "vouchers.eligibility",
        "vouchers.endings",
        "vouchers.payments.receipts",
        "vouchers.payments.recoveries",
        "vouchers.providers",
        "vouchers.scoring.assessing",
        "vouchers.scoring.ranking",
        "vouchers.scoring.reliability",
        "vouchers.standing",
    ]
)


@app.task(name=HEARTBEAT)
def heartbeat(queue: str = "clock") -> None:
    """Leave a sign of life of a queue: beat sent it, Redis brought it, its worker took it."""
    from jobs.actions.living import note_heartbeat

    note_heartbeat(queue)


@signals.worker_process_init.connect
def limit_memory(**_about: Any) -> None:
    """Bound what one process of a worker may take: a job that wants more fails alone."""
    from django.conf import settings

    limit = settings.WORKER_MEMORY_LIMIT_MB * 1024 * 1024
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))


@signals.worker_process_init.connect
def spare_what_is_loaded(**_about: Any) -> None:
    """A fifth of a letter's time went into looking for garbage among modules."""
    look_less_often()


@signals.task_prerun.connect
def note_begin(task: Any, **_about: Any) -> None:
    """Write down what a queue is busy with: a long task is no dead worker."""
    _note(task.name, time())


@signals.task_postrun.connect
def note_end(task: Any, **_about: Any) -> None:
    """The queue is free again."""
    _note(task.name, None)


def _note(task: str, began: float | None) -> None:
    from jobs.actions.living import note_work

    # Celery has tasks of its own, which are in none of our queues.
    if task != HEARTBEAT and task in routes():
        note_work(queue_of(task), task, began=began, limit=limits_of(task).hard)
