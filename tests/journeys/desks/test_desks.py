"""A desk on a telephone and on a wide screen: whole numbers, whole tables, a tidy head."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.making import voucher_story
from tests.people import person
from vouchers.standing.actions import judge_outdated

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
BROKEN = """[...document.querySelectorAll('.figure-link')]
    .filter(one => one.getClientRects().length > 1 || one.scrollWidth > one.parentElement.clientWidth)
    .map(one => one.dataset.figure)"""
LINES = """new Set([...document.querySelectorAll('.site-tools .tool')]
    .filter(one => one.offsetParent).map(one => Math.round(one.getBoundingClientRect().top / 20))).size"""
CUT = """[...document.querySelectorAll('.figure-table')]
    .filter(one => one.scrollWidth > one.parentElement.clientWidth)
    .map(one => one.caption.innerText)"""


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_numbers_and_tables_are_whole(visitor, language):
    told = voucher_story("claimed 0")
    judge_outdated()
    coordinator = told.cast.coordinators[0]
    type(coordinator).objects.filter(pk=coordinator.pk).update(language=language)
    someone = visitor(type(coordinator).objects.get(pk=coordinator.pk))
    for path in ("/", reverse("dashboards:overview")):
        for width in (390, 1280):
            someone.page.set_viewport_size({"width": width, "height": 900})
            someone.open(path)
            assert someone.page.evaluate(BROKEN) == [], (path, width)
            assert someone.page.evaluate(CUT) == [], (path, width)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_head_of_a_telephone_leaves_room_for_the_page(visitor, language):
    someone = visitor(
        person(role="coordinator", name="Maya Khoury", language=language),
        width=390,
    )
    someone.open("/profile/")
    assert someone.page.evaluate(LINES) == 1
    assert someone.page.locator(".site-head").bounding_box()["height"] <= 125
    # All the rest is in the menu: the search in a line of its own, the languages, the way out.
    someone.page.locator(".site-nav-small summary").click()
    small = someone.page.locator(".site-nav-small")
    search = small.locator(".site-search").bounding_box()
    assert search["width"] > 300, "the box has a line of its own"
    assert small.locator("button[name=language]").count() == 3
    assert small.locator("form[action='/accounts/logout/'] button").is_visible()
    assert small.locator("a[href='/profile/']").is_visible()
    words = someone.page.locator(".site-nav-small li a")
    lefts = {round(words.nth(number).bounding_box()["x"]) for number in range(6)}
    assert len(lefts) == 2, "entries stand in two columns"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_telephone_unfolds_what_matters_and_leads_to_the_rest(visitor, language):
    coordinator = voucher_story("claimed 0").cast.coordinators[0]
    type(coordinator).objects.filter(pk=coordinator.pk).update(language=language)
    someone = visitor(type(coordinator).objects.get(pk=coordinator.pk), width=390)
    page = someone.open(reverse("dashboards:overview")).page
    money, days = page.locator("#money .figure-table"), page.locator("#days .figure-table")
    assert money.is_visible()
    assert not days.is_visible()
    page.locator(".contents a[href='#days']").click()
    days.wait_for(state="visible")
    # Other figures are asked for: what was unfolded and folded stays so.
    page.locator(".part:has(#money) > summary").click()
    page.select_option("[name=country]", index=1)
    page.wait_for_url("**country=**")
    days.wait_for(state="visible")
    assert not money.is_visible()
    assert not page.locator("#stages .figure-table").is_visible()
    # Where there is room nothing is folded, however it was left.
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("#stages .figure-table").wait_for(state="visible")
    assert money.is_visible()
    assert not page.locator(".part > summary").first.is_visible()


def test_without_a_script_nothing_of_the_overview_is_folded(visitor):
    coordinator = voucher_story("claimed 0").cast.coordinators[0]
    someone = visitor(coordinator, width=390, javascript=False)
    page = someone.open(reverse("dashboards:overview")).page
    assert page.locator("#stages .figure-table").is_visible()
