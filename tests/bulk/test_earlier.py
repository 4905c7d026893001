"""What somebody did to several rows is found again, by nobody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bulk.choosing import chosen, keys, press
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

EARLIER = reverse("bulk:earlier")


def test_each_press_is_listed_with_its_result(client, notices):
    assert "Nothing yet" in client.get(EARLIER).content.decode()
    chosen(client, "outbox", "hold", *keys(notices))
    assert "Nothing yet" in client.get(EARLIER).content.decode(), "only chosen"
    run = chosen(client, "outbox", "hold", *keys(notices))
    press(client, run, "Wrong date in it")
    page = client.get(EARLIER).content.decode()
    assert run.get_absolute_url() in page
    assert "Hold back" in page
    assert "Wrong date in it" in page
    assert "2 are done" in page
    assert "Messages sent to clusters" in page
    assert EARLIER in client.get(reverse("dashboards:outbox")).content.decode()
    assert EARLIER in client.get(run.get_absolute_url()).content.decode()


def test_nobody_else_finds_it(client, notices):
    run = chosen(client, "outbox", "hold", *keys(notices))
    press(client, run, "Wrong date in it")
    other = log_in(Client(), person(role="coordinator"))
    assert "Wrong date" not in other.get(EARLIER).content.decode()
    assert Client().get(EARLIER).status_code == 302


def test_it_is_narrowed_to_a_list(client, notices):
    press(client, chosen(client, "outbox", "hold", *keys(notices)), "Wrong date in it")
    assert "Hold back" in client.get(EARLIER, {"of": "outbox"}).content.decode()
    assert "Wrong date" not in client.get(EARLIER, {"of": "vouchers"}).content.decode()
    assert client.get(EARLIER, {"of": "nonsense"}).status_code == 200


def test_it_costs_the_same_however_many_there_are(client, notices):
    press(client, chosen(client, "outbox", "hold", *keys(notices)), "Wrong date in it")
    client.get(EARLIER)
    with CaptureQueriesContext(connection) as few:
        client.get(EARLIER)
    for words in ("Now it is right", "Wrong again"):
        action = "release" if words.startswith("Now") else "hold"
        press(client, chosen(client, "outbox", action, *keys(notices)), words)
    with CaptureQueriesContext(connection) as many:
        client.get(EARLIER)
    assert len(many) == len(few)
