"""With Redis away people go on: logging in, resetting a password, writing, checking a letter.

Each test's cache and broker are a port at which nobody listens, or a server that takes connections
and never answers.
"""

from __future__ import annotations

import socket
from time import monotonic

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.urls import reverse
from redis.exceptions import RedisError

from conduct.actions import queueing
from documents.actions import issue_document
from documents.models import Document
from nextsociety import caching
from nextsociety.celery import app
from tests.documents.samples import sample_facts
from tests.making import LB, open_story
from tests.people import PASSWORD, log_in, person
from vouchers.calls.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["nobody listens", "nobody answers"])
def redis_away(request, settings, monkeypatch):
    """Cache and broker lead to a dead server."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
        if request.param == "nobody answers":
            server.listen(100)
            _leads_away(port, settings, monkeypatch)
            yield
            return
    _leads_away(port, settings, monkeypatch)
    yield


def _leads_away(port, settings, monkeypatch):
    url = f"redis://127.0.0.1:{port}/0"
    quick = {**caching.CONNECTION, "socket_connect_timeout": 0.2, "socket_timeout": 0.2}
    settings.CACHES = {
        name: {**cache, "LOCATION": url, "OPTIONS": quick} if name != caching.SPARE else cache
        for name, cache in settings.CACHES.items()
    }
    monkeypatch.setattr(caching, "_rests_until", {})
    monkeypatch.setattr(queueing, "_rests_until", 0.0)
    connection = app.connection_for_write(url)
    connection.transport_options = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
    monkeypatch.setattr(app, "connection_for_write", lambda *_a, **_k: connection.clone())
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)


def test_the_server_really_is_away(redis_away):
    with pytest.raises(RedisError):
        caches["redis"].get("x")


def test_people_log_in(redis_away, client):
    person("rana@example.org")
    page = client.post(
        reverse("account_login"), {"login": "rana@example.org", "password": PASSWORD}
    )
    assert page.status_code == 302


def test_passwords_cannot_be_guessed_meanwhile(redis_away, client):
    person("rana@example.org")
    for _number in range(6):
        page = client.post(
            reverse("account_login"), {"login": "rana@example.org", "password": "wrong"}
        )
        assert page.status_code in (200, 429)
    # The limit of five wrong passwords holds, whichever process counted them.
    page = client.post(
        reverse("account_login"), {"login": "rana@example.org", "password": PASSWORD}
    )
    assert page.status_code == 200
    assert "Too many failed login attempts" in page.content.decode()


def test_a_password_is_reset(redis_away, client, mailoutbox):
    rana = person("rana@example.org")
    assert EmailAddress.objects.filter(user=rana, verified=True).exists()
    page = client.post(reverse("account_reset_password"), {"email": "rana@example.org"})
    assert page.status_code == 302
    assert len(mailoutbox) == 1


def test_a_draft_saves_itself(redis_away, client):
    story = open_story()
    draft = story.apply(LB, send=False)
    log_in(client, draft.started_by)
    question = draft.call.questions.filter(kind=Question.Kind.LONG_TEXT).first()
    seen = str(draft.answers.get(question=question).version)
    assert client.get(reverse("applications:edit", args=[draft.pk]), follow=True).status_code == 200
    answer = client.post(
        reverse("applications:save", args=[draft.pk]),
        {f"answer_{question.pk}": "Written while Redis was away", f"seen_{question.pk}": seen},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 200
    assert draft.answers.get(question=question).text == "Written while Redis was away"
    session = client.get(reverse("applications:session", args=[draft.pk]))
    assert session.status_code == 200


def test_a_letter_is_checked_and_codes_cannot_be_guessed(redis_away, client):
    document = issue_document(
        "award", person(), sample_facts("award"), language="en", by=None, reference="X"
    )
    address = reverse("documents:verify", args=[document.grouped_code])
    assert client.get(address).status_code == 200
    wrong = reverse("documents:verify", args=["AAAA-AAAA-AAAA-AAAA-AAAA"])
    assert client.get(wrong).status_code == 404
    for _number in range(20):
        client.get(wrong)
    assert client.get(wrong).status_code == 429


def test_what_cannot_be_queued_waits_in_its_row(
    redis_away, django_capture_on_commit_callbacks, caplog
):
    began = monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(50):
            facts = {**sample_facts("award"), "number": number}
            issue_document("award", person(), facts, language="en", by=None, reference="X")
    # One is tried; the others do not wait for a dead server in turn.
    assert monotonic() - began < 10
    assert Document.objects.filter(state="pending").count() == 50
    assert "left to the sweeper" in caplog.text


def test_probes_say_that_redis_is_away(redis_away, client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "redis": "failing"})
    assert client.get("/readyz").status_code == 503


def test_once_redis_is_back_it_is_asked_again(settings, monkeypatch):
    cache = caches["default"]
    # Each test has a prefix of its own there.
    monkeypatch.setattr(caches["redis"], "key_prefix", cache.key_prefix)
    monkeypatch.setattr(caching, "_rests_until", {})
    cache.rest(OSError("away"))
    cache.set("kept-meanwhile", 1, 60)
    assert caches[caching.SPARE].get("kept-meanwhile") == 1
    monkeypatch.setattr(caching, "_rests_until", {})
    assert cache.get("kept-meanwhile") is None
    cache.set("kept-after", 2, 60)
    assert caches["redis"].get("kept-after") == 2
    cache.delete("kept-after")
