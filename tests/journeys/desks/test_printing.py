"""Pages on paper, as Chromium prints them: what stands there, and what does not."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from django.urls import reverse

from accounts.models import User
from tests.making import voucher_story
from vouchers.standing.actions import judge_outdated

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
# What can only be pressed, in English: menus, buttons, ways on, files.
PRESSED = (
    *("Log out", "Save this view", "Download", "Show all", "Skip to", "Menu", "Notices"),
    *("What these figures tell", "Verify a document", "Search"),
)
DISCLAIMER = "Views and opinions expressed"


@pytest.fixture
def told():
    story = voucher_story("claimed 0")
    judge_outdated()
    return story


def printed(someone, path, paper="A4"):
    """The words of each sheet of paper, in one line."""
    someone.open(path)
    pdf = pypdfium2.PdfDocument(someone.page.pdf(format=paper))
    return [re.sub(r"\s+", " ", sheet.get_textpage().get_text_bounded()) for sheet in pdf]


def pressed(text):
    return [one for one in PRESSED if one in text]


def test_a_desk_on_paper(visitor, told):
    someone = visitor(told.cast.coordinators[0])
    text = " ".join(printed(someone, f"/?country={told.facts.country}"))
    assert pressed(text) == []
    assert "Updated at" in text
    assert "Country: Lebanon" in text, "what the figures are narrowed to, in words"
    assert "From call to results" in text
    assert DISCLAIMER in text
    assert "http" not in text, "no address of a link"


def test_a_list_on_paper(visitor, told):
    someone = visitor(told.cast.coordinators[0])
    country = told.facts.country
    text = " ".join(printed(someone, f"{reverse('dashboards:vouchers')}?country={country}"))
    assert pressed(text) == []
    assert "Country: Lebanon" in text
    assert told.voucher.reference in text
    # A head above rows, and not a card for each.
    assert "Voucher Cluster Stage" in text


def test_the_head_of_a_table_stands_on_each_sheet(visitor, told):
    someone = visitor(told.cast.coordinators[0])
    sheets = printed(someone, reverse("dashboards:outbox"), paper="A5")
    heads = ["Message To Written" in one for one in sheets if "@example.org" in one]
    assert len(heads) > 1
    assert all(heads), sheets


def test_a_voucher_on_paper(visitor, told):
    someone = visitor(told.manager)
    text = " ".join(printed(someone, told.voucher.get_absolute_url()))
    assert pressed(text) == []
    assert told.voucher.reference in text
    assert "http" not in text
    # What is folded is left out, until somebody unfolds it.
    someone.open(told.voucher.get_absolute_url())
    someone.page.locator("details#history > summary").click()
    unfolded = pypdfium2.PdfDocument(someone.page.pdf(format="A4"))
    words = " ".join(sheet.get_textpage().get_text_bounded() for sheet in unfolded)
    assert len(words) > len(text) + 200


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_programme_on_paper(visitor, told, language):
    coordinator = told.cast.coordinators[0]
    User.objects.filter(pk=coordinator.pk).update(language=language)
    someone = visitor(User.objects.get(pk=coordinator.pk))
    call = told.voucher.award.application.call
    sheets = printed(someone, f"{reverse('dashboards:overview')}?call={call.slug}")
    text = " ".join(sheets)
    assert "http" not in text
    # What is read of a PDF in Arabic is in the order of its glyphs, but for Latin words.
    assert "Berytech" in text
    if language == "en":
        assert str(call) in text
        assert pressed(text) == []
        assert "From call to results" in text
    # A telephone prints what it has folded as well.
    someone.page.set_viewport_size({"width": 390, "height": 900})
    someone.page.reload()
    someone.page.locator("#days").wait_for(state="hidden")
    someone.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert on_paper(someone, "#days .figure-table")
    for one in ("form.filters", ".site-head", ".page-actions .btn", ".contents"):
        assert not someone.page.locator(one).first.is_visible() or not on_paper(someone, one)


def on_paper(someone, selector):
    """Whether it would be printed."""
    someone.page.emulate_media(media="print")
    shown = someone.page.locator(selector).first.is_visible()
    someone.page.emulate_media(media="screen")
    return shown
