"""A draft with a question for files, as tests of attachments need it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.files.conftest import clamd
from tests.making import LB, open_story
from tests.people import log_in
from vouchers.calls.models import Question

__all__ = ["clamd"]


@pytest.fixture
def story():
    return open_story()


@pytest.fixture
def draft(story):
    return story.apply(LB, send=False)


@pytest.fixture
def question(draft):
    return draft.call.questions.filter(kind=Question.Kind.FILE).first()


@pytest.fixture
def own(client, draft):
    return log_in(client, draft.started_by)


def address_of(draft, question):
    return reverse("applications:attach", args=[draft.pk, question.pk])
