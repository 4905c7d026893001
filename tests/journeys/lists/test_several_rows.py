"""Several rows of a list done at one press: with the keyboard, on a phone, and without JavaScript."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from bulk.actions import RUNS
from bulk.models import BulkRun
from tests.making import LB, MA, awarded
from vouchers.correspondence.models import Message

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
VOUCHERS = reverse("dashboards:vouchers")


@pytest.fixture
def told():
    story, awards = awarded(LB, MA)
    return story, [story.accept(award.application) for award in awards]


def test_the_number_of_ticked_rows_is_announced_and_the_keyboard_is_enough(visitor, told):
    story, _vouchers = told
    someone = visitor(story.cast.coordinators[0])
    page = someone.open(VOUCHERS).page
    boxes = page.locator("input[name=key]")
    expect(boxes).to_have_count(2)
    boxes.first.focus()
    page.keyboard.press("Space")
    expect(page.locator("output[data-ticked]")).to_have_text("Rows ticked: 1")
    boxes.last.check()
    expect(page.locator("output[data-ticked]")).to_have_text("Rows ticked: 2")
    someone.check()
    page.get_by_role("button", name="Write to the clusters").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("2 rows are chosen. Nothing is done yet.")
    someone.check()
    page.get_by_label("Message").fill("Please log your sessions.")
    page.get_by_role("button", name="Write to the clusters (2)").click()
    expect(page.locator("main")).to_contain_text("0 of 2 rows are done")
    someone.check()
    RUNS.conduct(BulkRun.objects.get().pk)
    # The page looks again by itself.
    expect(page.locator("main")).to_contain_text("2 are done")
    someone.check()
    page.go_back()
    page.reload()
    expect(page.locator("main")).to_contain_text("2 are done")
    assert Message.objects.count() == 2


def test_it_works_without_javascript(visitor, told):
    story, (lebanese, _moroccan) = told
    someone = visitor(story.cast.coordinators[0], javascript=False)
    page = someone.open(f"{VOUCHERS}?country=LB").page
    page.locator("input[name=key]").check()
    someone.press("Write to the clusters…").reads("1 row is chosen. Nothing is done yet.")
    page.get_by_label("Message").fill("Hello")
    someone.press("Write to the clusters (1)").reads("0 of 1 row is done")
    RUNS.conduct(BulkRun.objects.get().pk)
    page.get_by_role("link", name="Look again").click()
    someone.reads("1 is done")
    page.get_by_role("link", name="Back to the list").click()
    assert page.url.endswith(f"{VOUCHERS}?country=LB")
    someone.reads(lebanese.reference)
