"""Checks and clarifications are judged as they are, not as a page showed them."""

import pytest

from conduct.actions import OutOfOrder, Refused
from tests.eligibility.asking import ask
from tests.making import LB, open_story, pdf
from vouchers.applications.actions import withdraw_application
from vouchers.applications.models import Application
from vouchers.eligibility import actions
from vouchers.eligibility.models import Clarification, ClarificationFile, ClarificationItem

pytestmark = pytest.mark.django_db


def asked():
    story = open_story()
    application = story.apply(LB)
    officer = story.cast.officer("LB")
    ask(application, officer)
    return application, officer


def test_what_was_ended_meanwhile_takes_no_answer_and_no_file():
    application, officer = asked()
    manager = application.submitted_by
    seen = ClarificationItem.objects.select_related("clarification__application").get(
        question__kind="file"
    )
    actions.end_clarification(Clarification.objects.get(), reason="Found it.", by=officer)
    for step in (
        lambda: actions.add_file(seen, pdf(), by=manager),
        lambda: actions.save_clarification(
            seen.clarification, {seen.question_id: "late"}, seen={}, by=manager
        ),
        lambda: actions.answer_clarification(seen.clarification, by=manager),
        lambda: actions.end_clarification(seen.clarification, reason="Twice.", by=officer),
    ):
        with pytest.raises(OutOfOrder):
            step()
    assert not ClarificationFile.objects.exists()


def test_an_application_that_was_withdrawn_meanwhile_is_asked_nothing():
    story = open_story()
    application = story.apply(LB)
    seen = Application.objects.select_related("call", "country").get(pk=application.pk)
    withdraw_application(application, reason="We merge.", by=application.submitted_by)
    with pytest.raises((OutOfOrder, Refused)):
        ask(seen, story.cast.officer("LB"))
    assert not Clarification.objects.exists()
