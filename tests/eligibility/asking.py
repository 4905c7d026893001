"""An application that is asked about, as tests of clarifications need it."""

from datetime import timedelta

import pytest

from tests.making import applied_story, open_story, today_there
from vouchers.applications.models import Answer
from vouchers.eligibility import actions


@pytest.fixture
def story(request):
    return applied_story() if "application" in request.fixturenames else open_story()


@pytest.fixture
def application(story):
    return story.call.applications.get()


@pytest.fixture
def officer(story):
    return story.cast.officer("LB")


@pytest.fixture
def manager(application):
    return application.submitted_by


def question(application, key):
    return application.call.questions.get(key=key)


def in_days(number):
    return today_there() + timedelta(days=number)


def ask(application, officer, *keys, days=7, **terms):
    asked = [question(application, key) for key in keys or ("voucher-use", "documents")]
    return actions.ask_clarification(
        application,
        asked,
        text="Which experts do you mean?",
        until=in_days(days),
        by=officer,
        **terms,
    )


def save(clarification, key, text, by):
    asked = question(clarification.application, key)
    actions.save_clarification(clarification, {asked.pk: text}, seen={}, by=by)


def answer_of(application, key):
    return Answer.objects.get(application=application, question__key=key)
