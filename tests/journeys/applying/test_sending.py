"""Pressing “Send” over a line that breaks, and twice: nothing is lost, and it arrives once."""

import pytest
from django.urls import reverse

from documents.models import Document
from tests.making import LB, fill_in, open_story
from vouchers.applications.models import Application, SignedDeclaration

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
SEND = "Send to your country partner"


@pytest.fixture
def draft():
    story = open_story()
    draft = story.apply(LB, send=False)
    fill_in(story, draft)
    return draft


@pytest.fixture
def manager(visitor, draft):
    """At the last look, with every statement affirmed and another signatory typed."""
    someone = visitor(draft.started_by, width=390)
    someone.open(reverse("applications:review", args=[draft.pk]))
    for box in someone.page.locator("[name^=clause_]").all():
        box.check()
    someone.fill(signatory_name="Dalia El Harb")
    return someone


def button(manager, label):
    return manager.page.locator("main").get_by_role("button", name=label, exact=True)


def arrived(manager, draft):
    manager.page.wait_for_url(f"**{draft.get_absolute_url()}")
    manager.complaints.clear()
    reference = Application.objects.get(pk=draft.pk).reference
    manager.check()
    manager.reads(f"Its reference is {reference}.")
    assert SignedDeclaration.objects.get().signatory_name == "Dalia El Harb"
    assert Document.objects.filter(kind="acknowledgement").count() == 3


def test_a_double_click_sends_once(manager, draft):
    button(manager, SEND).dblclick()
    arrived(manager, draft)


def test_a_line_that_is_down_loses_nothing(manager, draft):
    manager.context.set_offline(True)
    button(manager, SEND).click()
    again = button(manager, "Try again")
    again.wait_for()
    manager.reads("The line is down: we do not know whether the application arrived.")
    assert manager.page.input_value("[name=signatory_name]") == "Dalia El Harb"
    assert Application.objects.get(pk=draft.pk).state == "draft"
    manager.context.set_offline(False)
    manager.page.get_by_text("The line is back. The application has not arrived yet").wait_for()
    again.click()
    arrived(manager, draft)


def test_an_answer_that_is_lost_on_the_way_is_found_again(manager, draft):
    """The application arrives, its receipt does not: the page learns of it when the line is back."""
    address = f"**{reverse('applications:submit', args=[draft.pk])}"

    def lose_the_answer(route):
        if route.request.method == "POST":
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    manager.page.route(address, lose_the_answer)
    button(manager, SEND).click()
    button(manager, "Try again").wait_for()
    assert Application.objects.get(pk=draft.pk).state == "submitted"
    manager.page.evaluate("window.dispatchEvent(new Event('online'))")
    arrived(manager, draft)


def test_what_is_refused_is_shown_on_the_page(manager, draft):
    manager.page.locator("[name^=clause_]").first.uncheck()
    button(manager, SEND).click()
    manager.page.get_by_text("Please affirm this statement.").wait_for()
    manager.complaints.clear()
    manager.check()
    assert manager.page.input_value("[name=signatory_name]") == "Dalia El Harb"
    manager.page.locator("[name^=clause_]").first.check()
    button(manager, SEND).click()
    arrived(manager, draft)
