"""A long list says its exact number and its sums by itself, and nothing on the page moves for it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from lists import queries as paging
from saved_views.models import SavedView
from tests.making import LB, MA, awarded, voucher_story
from tests.payments.making import claim

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
APPLICATIONS = reverse("applications:list")
VOUCHERS = reverse("dashboards:vouchers")
CLAIMS = reverse("payments:claim_list")
TRIAL = reverse("ledger:trial")

# How far what is shown moves by itself, in parts of the window; and what a live region comes to say.
WATCHES = """
    window.moved = 0;
    window.announced = [];
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) window.moved += shift.value;
    }).observe({ type: "layout-shift", buffered: true });
    document.addEventListener("DOMContentLoaded", () => {
        const said = document.querySelector("#in-all-said");
        if (!said) return;
        // Of a region that is put in anew, a screen reader says nothing.
        new MutationObserver(() => window.announced.push(said.innerText.trim()))
            .observe(said, { childList: true, characterData: true, subtree: true });
    });
"""


@pytest.fixture
def long(monkeypatch):
    """Two vouchers and two applications in lists that are counted as far as one."""
    story, awards = awarded(LB, MA)
    for award in awards:
        story.accept(award.application)
    monkeypatch.setattr(paging, "COUNTED", 1)
    return story


@pytest.fixture
def claimed(monkeypatch):
    """A voucher of which two milestones are claimed, in such lists."""
    told = voucher_story("accepted 0")
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(1)
    claim(told._milestone(0), told.manager, number="1", amount="400.00")
    claim(told._milestone(1), told.manager, number="2", amount="500.00")
    monkeypatch.setattr(paging, "COUNTED", 1)
    return told


def watching(visitor, story, *, language="en", width=1280, **more):
    who = story.cast.coordinators[0]
    who.language = language
    who.save(update_fields=["language"])
    someone = visitor(who, width=width, **more)
    someone.page.add_init_script(WATCHES)
    return someone


def is_said(someone, url, number, *sums):
    """The list says its number and sums by itself, politely, in its place; nothing moves."""
    page = someone.open(url).page
    expect(page.locator("#in-all-said")).to_contain_text(number)
    expect(page.locator("#in-all-said")).to_have_attribute("role", "status")
    expect(page.locator("#in-all-said a[href*=counted]")).to_have_count(0)
    for each in sums:
        expect(page.locator("#in-all-sums")).to_contain_text(each)
    for place in page.locator("#in-all, #trial-sums").all():
        expect(place).not_to_contain_text("…")
    assert number in page.evaluate("window.announced").pop()
    assert page.evaluate("window.moved") < 0.01
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    someone.check()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 390)])
def test_number_and_sums_come_by_themselves_and_move_nothing(visitor, long, language, width):
    someone = watching(visitor, long, language=language, width=width)
    english = language == "en"
    is_said(someone, APPLICATIONS, "2 applications" if english else "طلبان")
    amount = "10,000.00" if english else "10.000,00"
    is_said(someone, VOUCHERS, "2 in this list" if english else "عنصران", amount)
    is_said(
        someone, TRIAL, "4 in this list" if english else "4 عناصر", "0.00" if english else "0,00"
    )
    expect(someone.page.locator("#trial-sums")).to_contain_text(amount)


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 390)])
def test_claims_are_summed_by_themselves(visitor, claimed, language, width):
    someone = watching(visitor, claimed, language=language, width=width)
    english = language == "en"
    amount = "900.00" if english else "900,00"
    is_said(someone, CLAIMS, "2 in this list" if english else "عنصران", amount)


def test_a_sum_is_not_broken_across_lines_on_a_phone(visitor, long):
    someone = watching(visitor, long, width=390)
    is_said(someone, VOUCHERS, "2 in this list", "10,000.00")
    for one in someone.page.locator(".list-total").all():
        assert one.bounding_box()["height"] < 30


def test_filters_saved_views_and_going_back_count_what_they_show(visitor, long):
    someone = watching(visitor, long)
    page = someone.open(VOUCHERS).page
    said, sums = page.locator("#in-all-said"), page.locator("#in-all-sums")
    expect(said).to_contain_text("2 in this list")
    page.select_option("[name=country]", "LB")
    expect(said).to_contain_text("1 in this list")
    expect(sums).to_contain_text("5,000.00")
    # What is narrowed less than it is counted is counted after it as well.
    page.select_option("[name=country]", "")
    page.select_option("[name=sort]", "oldest")
    expect(page).to_have_url(re.compile("sort=oldest"))
    expect(said).to_contain_text("2 in this list")
    expect(sums).to_contain_text("10,000.00")
    page.locator("#list tbody a").first.click()
    expect(page).to_have_url(re.compile(r"/vouchers/.+"))
    page.go_back()
    expect(page).to_have_url(re.compile("sort=oldest"))
    expect(said).to_contain_text("2 in this list")
    expect(sums).to_contain_text("10,000.00")
    page.get_by_role("link", name="Save this view").click()
    someone.fill(name="The oldest first").press("Save the view")
    assert SavedView.objects.count() == 1
    expect(page.locator(".saved-view-open")).to_contain_text("The oldest first")
    expect(said).to_contain_text("2 in this list")
    expect(sums).to_contain_text("10,000.00")
    someone.check()


def test_without_javascript_a_link_counts_and_nothing_is_promised(visitor, long):
    someone = watching(visitor, long, javascript=False)
    someone.open(TRIAL)
    page = someone.page
    someone.reads("These are many accounts: the link below counts and sums them.")
    expect(page.locator("#trial-sums table")).to_be_hidden()
    expect(page.locator("#in-all-sums")).to_be_hidden()
    someone.follow("Count and sum all")
    expect(page.locator("#trial-sums table")).to_contain_text("10,000.00")
    expect(page.locator("#in-all-said")).to_contain_text("4 in this list")
    someone.open(APPLICATIONS).follow("Count all").reads("2 applications")
