"""What tests of sending do again and again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.making import applied_story, open_story
from vouchers.applications.models import Application


@pytest.fixture
def story(request):
    if "draft" in request.fixturenames:
        return applied_story(stage="filled")
    return applied_story() if "sent" in request.fixturenames else open_story()


@pytest.fixture
def draft(story):
    return story.call.applications.get()


@pytest.fixture
def sent(story):
    return story.call.applications.get()


def submit(draft):
    return reverse("applications:submit", args=[draft.pk])


def review(draft):
    return reverse("applications:review", args=[draft.pk])


def signed(call, **fields):
    """The form with every statement affirmed."""
    boxes = {f"clause_{clause.pk}": "on" for clause in call.declaration_clauses.all()}
    signatory = {"signatory_name": "Dalia Harb", "signatory_function": "President"}
    return {**boxes, **signatory, "version": call.version, **fields}


def state(application):
    return Application.objects.get(pk=application.pk).state
