"""What the probes are told, and that they are told it whatever else is wrong."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from demonstration.clock import on
from documents.actions import issue_document
from jobs.actions.living import note_work
from nextsociety import health
from nextsociety.celery import heartbeat
from nextsociety.queues import QUEUES
from tests.documents.samples import sample_facts
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(monkeypatch):
    """The signs of life of this test, and not of others that share the server."""
    monkeypatch.setattr(caches["redis"], "key_prefix", uuid4().hex)
    yield
    for queue in QUEUES:
        caches["redis"].delete_many([f"heartbeat-{queue}", f"at-work-{queue}"])


def test_the_portal_lives_while_web_database_and_redis_do(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "redis": "ok"})


def test_a_queue_without_a_worker_is_told_but_kills_nothing(client):
    for queue in ("clock", "mail", "letters"):
        heartbeat(queue)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert {name: queue["state"] for name, queue in answer.json()["queues"].items()} == {
        "clock": "ok",
        "mail": "ok",
        "letters": "ok",
        "heavy": "silent",
    }
    assert client.get("/healthz").status_code == 200


def test_a_queue_that_is_busy_is_not_taken_for_dead(client):
    for queue in ("clock", "mail", "letters"):
        heartbeat(queue)
    began = timezone.now().timestamp() - 300
    note_work("heavy", "study", began=began, limit=600)
    answer = client.get("/readyz")
    heavy = answer.json()["queues"]["heavy"]
    assert (answer.status_code, heavy["state"]) == (200, "busy")
    assert 299 <= heavy["busy"] <= 310
    note_work("heavy", "study", began=None, limit=600)
    assert client.get("/readyz").status_code == 503


def test_a_sign_of_life_grows_old(client):
    for queue in QUEUES:
        heartbeat(queue)
    assert client.get("/readyz").status_code == 200
    old = timezone.now().timestamp() - 60
    caches["redis"].set("heartbeat-mail", old, 100)
    assert client.get("/readyz").json()["queues"]["mail"]["state"] == "silent"


def test_how_long_the_oldest_job_of_a_queue_waits(client):
    assert client.get("/readyz").json()["queues"]["letters"]["oldest"] == 0
    with on(timezone.now() - timedelta(minutes=7)):
        issue_document(
            "award", person(), sample_facts("award"), language="en", by=None, reference="X"
        )
    assert 419 <= client.get("/readyz").json()["queues"]["letters"]["oldest"] <= 440


@pytest.mark.parametrize("host", ["10.0.0.7:8000", "scanner.example", "a b", "\x00", "[::1"])
def test_probes_by_any_host_are_answered_and_others_get_a_page(host):
    client = Client(headers={"host": host})
    assert client.get("/healthz").status_code == 200
    page = client.get("/")
    assert page.status_code == 400
    assert "We did not understand this" in page.content.decode()
    assert client.get("/accounts/login/").status_code == 400
    assert client.post("/accounts/login/", {"login": "a"}).status_code == 400


def test_without_the_database_the_probe_says_so(client, monkeypatch):
    monkeypatch.setitem(health._CHECKS, "database", lambda: 1 / 0)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "failing"
    assert answer.json()["queues"]["mail"]["oldest"] is None
