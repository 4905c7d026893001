"""Every task has a queue, a worker and limits; what beat asks for in vain is dropped."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler

from jobs.kinds import every_kind
from nextsociety.celery import app
from nextsociety.queues import QUEUES, limits_of, longest, queue_of


def our_tasks() -> list[str]:
    app.loader.import_default_modules()
    return sorted(name for name in app.tasks if not name.startswith("celery."))


def test_every_task_waits_in_a_queue_and_has_its_limits():
    assert len(our_tasks()) > 20
    for name in our_tasks():
        routed = app.amqp.router.route({}, name, args=(), kwargs={})
        assert routed["queue"].name == queue_of(name)
        task = app.tasks[name]
        assert 0 < task.soft_time_limit < task.time_limit
        assert task.acks_late


def test_no_queue_names_a_task_that_is_not_there():
    named = [task for kind in QUEUES.values() for task in kind.tasks]
    assert sorted(named) == our_tasks()
    for kind in QUEUES.values():
        assert {task for task, _limits in kind.others} <= set(kind.tasks)


def test_a_task_never_comes_back_while_it_may_still_be_running():
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] > longest()
    assert limits_of("vouchers.scoring.reliability.tasks.study_ranking").hard == longest()


def test_a_worker_that_names_no_queue_works_through_all():
    assert set(app.amqp.queues.consume_from) == set(QUEUES)


def test_processes_are_followed_by_fresh_ones():
    assert app.conf.worker_max_tasks_per_child > 0
    assert app.conf.worker_max_memory_per_child > 0
    assert app.conf.worker_max_memory_per_child < settings.WORKER_MEMORY_LIMIT_MB * 1024


@pytest.mark.parametrize("entry", settings.CELERY_BEAT_SCHEDULE.values(), ids=str)
def test_what_beat_asks_for_expires_before_it_asks_again(entry):
    assert 0 < entry["options"]["expires"] <= entry["schedule"]
    assert entry["options"]["queue"] in QUEUES
    assert entry["task"] in our_tasks()


@pytest.mark.django_db
def test_beat_sends_what_expires_into_its_queue():
    """As beat itself does it: the schedule goes through its table in the database."""
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        sent = DatabaseScheduler.Entry.from_entry(name, app=app, **entry)
        assert sent.options["expires"] == entry["schedule"]
        assert sent.options["queue"] == entry["options"]["queue"]
    rows = {row.name: row for row in PeriodicTask.objects.all()}
    assert set(rows) == set(settings.CELERY_BEAT_SCHEDULE)
    beats = {json.loads(rows[f"heartbeat-{queue}"].args)[0] for queue in QUEUES}
    assert beats == set(QUEUES)


def test_every_kind_of_work_is_shown_with_its_queue():
    kinds = {kind.slug: kind.queue for kind in every_kind()}
    assert set(kinds.values()) == set(QUEUES)
    assert kinds["documents"] == "letters"
    assert kinds["notices"] == "mail"
    assert kinds["studies"] == kinds["dossiers"] == kinds["previews"] == "heavy"
    assert kinds["publications"] == "clock"
