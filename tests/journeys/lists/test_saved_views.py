"""A coordinator keeps a narrowed list under a name, shares it, and begins the list with it."""

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
NAME = "Morocco, each morning"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_view_is_saved_shared_begun_with_and_deleted(visitor, javascript):
    story, awards = awarded(LB, MA)
    _lebanese, moroccan = [story.accept(award.application) for award in awards]
    first, other = story.cast.coordinators
    nadine = visitor(first, javascript=javascript)
    page = nadine.open(f"{VOUCHERS}?country=MA").page
    shown = page.locator("#list tbody tr")
    expect(shown).to_have_count(1)

    page.get_by_role("link", name="Save this view").click()
    nadine.reads("The list opens narrowed like this again").reads("Morocco")
    nadine.press("Save the view")
    expect(page.locator("main .invalid-feedback")).to_be_visible()
    nadine.fill(name=NAME).page.get_by_role("radio", name="coordinator").check()
    nadine.press("Save the view")
    expect(page.locator(".saved-view-open")).to_contain_text(NAME)
    expect(shown).to_contain_text(moroccan.reference)

    nadine.press("Begin the list with it")
    nadine.open(VOUCHERS)
    expect(page).to_have_url(re.compile(r"country=MA.*view=\d+|view=\d+.*country=MA"))
    expect(shown).to_have_count(1)
    page.get_by_role("link", name="Show all").click()
    expect(shown).to_have_count(2)

    colleague = visitor(other, width=390, javascript=javascript)
    theirs = colleague.open(VOUCHERS).page
    expect(theirs.locator("#list tbody tr")).to_have_count(2)
    theirs.locator(".saved-views summary").click()
    theirs.get_by_role("link", name=NAME).click()
    expect(theirs.locator(".saved-view-open")).to_contain_text(f"shared by {first}")
    expect(theirs.locator("#list tbody tr")).to_have_count(1)
    assert theirs.get_by_role("link", name="Rename, share or delete").count() == 0

    nadine.open(VOUCHERS)
    page.get_by_role("link", name="Rename, share or delete").click()
    nadine.press("Delete")
    expect(page.locator("#list tbody tr")).to_have_count(2)
    assert NAME not in page.inner_text("body")
    theirs.reload()
    assert theirs.locator(".saved-view-open").count() == 0
