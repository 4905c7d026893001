"""A list answers while one types, works without JavaScript, and keeps what was chosen in its address."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.making import LB, MA, awarded

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
VOUCHERS = reverse("dashboards:vouchers")


@pytest.fixture
def told():
    story, awards = awarded(LB, MA)
    return story, [story.accept(award.application) for award in awards]


def test_a_list_is_narrowed_while_one_types(visitor, told):
    story, (lebanese, moroccan) = told
    someone = visitor(story.cast.coordinators[0])
    page = someone.open(VOUCHERS).page
    shown = page.locator("#list tbody tr")
    expect(shown).to_have_count(2)
    page.locator("[name=text]").press_sequentially(lebanese.reference.lower()[-7:])
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text(lebanese.reference)
    expect(page.locator("#list [role=status]")).to_contain_text("1 in this list")
    # The field keeps the focus, and the address says what is shown.
    expect(page.locator("[name=text]")).to_be_focused()
    expect(page).to_have_url(re.compile("text=lb-0001"))
    page.select_option("[name=country]", "MA")
    expect(page.locator("#list")).to_contain_text("Nothing matches")
    someone.check()
    page.locator("[name=text]").fill("")
    expect(shown).to_contain_text(moroccan.reference)
    page.reload()
    expect(shown).to_have_count(1)
    expect(page.locator("[name=country]")).to_have_value("MA")
    someone.check()
    # Who comes back from a record finds the list as it was left.
    page.locator("#list a", has_text=moroccan.reference).click()
    expect(page).to_have_url(re.compile(f"{moroccan.get_absolute_url()}$"))
    page.go_back()
    expect(shown).to_have_count(1)
    expect(page.locator("header").first).to_be_visible()


def test_on_a_phone_the_rows_come_before_the_filters_that_nobody_used(visitor, told):
    story, _vouchers = told
    someone = visitor(story.cast.coordinators[0], width=390)
    page = someone.open(f"{VOUCHERS}?country=LB").page
    shown, toggle = page.locator(".filter:visible"), page.get_by_role("button", name="More filters")
    # The search, and what narrows the list.
    expect(shown).to_have_count(2)
    expect(page.locator("[name=country]")).to_have_value("LB")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    assert shown.count() > 5
    page.select_option("[name=country]", "")
    expect(page.locator("#list tbody tr")).to_have_count(2)
    someone.check()
    toggle.click()
    expect(page.locator("[name=stage]")).to_be_hidden()


def test_what_is_wrong_is_said_beside_its_field_while_one_types(visitor, told):
    story, _vouchers = told
    someone = visitor(story.cast.coordinators[0])
    page = someone.open(reverse("applications:list")).page
    page.locator("[name=sent_from]").fill("2026-02-02")
    page.locator("[name=sent_until]").fill("2026-01-01")
    expect(page.locator("#problems_sent_until")).to_contain_text("before the first one")
    page.locator("[name=sent_until]").fill("2026-03-01")
    expect(page.locator("#problems_sent_until")).to_be_empty()
    someone.check()


def test_it_works_without_javascript(visitor, told):
    story, (lebanese, _moroccan) = told
    someone = visitor(story.cast.coordinators[0], javascript=False)
    someone.open(VOUCHERS).choose("country", "LB").press("Show")
    assert "country=LB" in someone.page.url
    someone.reads(lebanese.reference).reads("1 in this list")
    with someone.page.expect_download() as download:
        someone.page.get_by_role("link", name="Download for Excel").click()
    assert download.value.suggested_filename.startswith("vouchers-20")
    assert download.value.suggested_filename.endswith(".xlsx")
