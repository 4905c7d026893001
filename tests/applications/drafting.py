"""A draft that is being written, as tests of saving need it."""

import pytest
from django.urls import reverse

from tests.applications.forms import story_of_every_kind
from tests.making import LB
from tests.people import log_in
from vouchers.applications import actions
from vouchers.applications.models import Application
from vouchers.applications.queries import filled_form


@pytest.fixture
def draft():
    story = story_of_every_kind()
    manager = story.cast.manager(LB.name, LB.country, LB.language)
    cluster = story.cluster_of(LB, manager)
    return actions.start_application(story.call, cluster, language="en", by=manager)


@pytest.fixture
def writer(client, draft):
    return log_in(client, draft.started_by)


def question(draft, key):
    return draft.call.questions.get(key=key)


def field(draft, key, suffix=""):
    return f"answer_{question(draft, key).pk}{suffix}"


def save(client, draft, **fields):
    return client.post(reverse("applications:save", args=[draft.pk]), fields)


def item(draft, key):
    draft = Application.objects.get(pk=draft.pk)
    return next(found for found in filled_form(draft).items if found.question.key == key)
