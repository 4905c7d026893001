"""Mirrored in Arabic, whole on a telephone, usable without JavaScript, light on the line."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.journeys.applying.writing import waits_until_pending
from tests.making import LB, cast_of_all, open_story, voucher_story
from tests.people import log_in

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
LIMIT = 100_000


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_pages_fit_the_screen_in_every_language(visitor, language, width):
    told = voucher_story("claimed 0")
    coordinator = told.cast.coordinators[0]
    for user, paths in (
        (None, ["/", reverse("calls:list"), reverse("dashboards:results")]),
        (told.manager, ["/", told.voucher.get_absolute_url()]),
        (coordinator, ["/", reverse("dashboards:overview"), reverse("applications:list")]),
        (coordinator, [reverse("calls:manage"), reverse("dashboards:outbox")]),
    ):
        someone = visitor(user, width=width)
        someone.open("/")
        someone.speak(language)
        for path in paths:
            someone.open(path)
            root = someone.page.locator("html")
            assert root.get_attribute("lang") == language
            assert root.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
            wider = someone.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wider == 0, f"{path} is {wider} px too wide"
            if width == 390:
                assert_no_card_is_cut_off(someone, path)


def assert_no_card_is_cut_off(someone, path):
    """On a telephone the rows of a table are cards; none is wider than the screen shows."""
    wider = someone.page.evaluate(
        "[...document.querySelectorAll('.table-stacked')]"
        ".map(table => table.parentElement)"
        ".filter(panel => panel.scrollWidth > panel.clientWidth).length"
    )
    assert wider == 0, f"{path} cuts off {wider} tables"


def test_an_application_form_keeps_what_is_typed_by_itself(visitor):
    story = open_story()
    draft = story.apply(LB, send=False)
    writer = visitor(draft.started_by, width=390)
    question = draft.call.questions.get(key="voucher-use")
    writer.open(reverse("applications:section", args=[draft.pk, question.section.position]))
    box = writer.page.locator(f"[name=answer_{question.pk}]")
    box.press_sequentially("Saved while typing")
    waits_until_pending(writer.page, 0)
    assert draft.answers.get(question=question).text == "Saved while typing"


def first_load(client, path):
    """Compressed bytes of a page with everything in it."""
    page = client.get(path, headers={"accept-encoding": "gzip"})
    html = page.content
    if page.headers.get("Content-Encoding") == "gzip":
        html = gzip.decompress(html)
    files = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html.decode()))
    assert len(files) >= 4
    found = [Path(finders.find(file)).read_bytes() for file in sorted(files)]
    return len(page.content) + sum(len(brotli.compress(content)) for content in found)


def test_the_first_page_is_light(client):
    cast = cast_of_all()
    weights = {"visitor": first_load(client, "/")}
    log_in(client, cast.coordinators[0])
    weights["coordinator"] = first_load(client, "/")
    weights["overview"] = first_load(client, reverse("dashboards:overview"))
    assert max(weights.values()) <= LIMIT, weights
