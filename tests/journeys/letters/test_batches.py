"""A coordinator has all letters of a round made with one press, follows it, and takes the ZIP."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from documents.actions import finish_batches
from documents.models import LetterBatch
from tests.awards.batches.rounds import letters, make_all, take_back, told
from tests.documents.conftest import wait_for

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]


def address_of(selection_round):
    return reverse("awards:letters", args=[selection_round.pk])


def test_all_letters_of_a_round_with_one_press(visitor, worker):
    _story, found, by = told()
    take_back("refusal")
    coordinator = visitor(by)
    coordinator.open(found.get_absolute_url()).follow("Letters of the round")
    coordinator.reads("9 letters of this round are not made yet.").press("Make these letters")
    coordinator.reads("0 of 9 letters are made.").press("Pause")
    worker()
    coordinator.reads("No further one is begun").press("Resume")
    # Somebody reads further down while the figures above renew themselves.
    coordinator.page.locator("#list tbody tr").last.scroll_into_view_if_needed()
    coordinator.page.locator("input[name=text]").fill("SUV")
    wait_for(lambda: not letters().exclude(state="ready").exists())
    finish_batches()
    coordinator.page.get_by_text("9 of 9 letters are made.").wait_for()
    coordinator.page.get_by_text("all made").first.wait_for()
    assert coordinator.page.locator("input[name=text]").input_value() == "SUV"
    coordinator.check()
    with coordinator.page.expect_download() as download:
        coordinator.page.get_by_role("link", name="Download these letters (ZIP)").click()
    archive = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert len(archive.namelist()) == 10


def test_it_works_on_a_telephone_without_a_script(visitor):
    _story, found, by = told()
    coordinator = visitor(by, width=390, javascript=False)
    coordinator.open(address_of(found)).press("Make these letters")
    coordinator.reads("0 of 9 letters are made.")
    make_all()
    finish_batches()
    coordinator.open(address_of(found)).reads("9 of 9 letters are made.").reads("all made")
    assert LetterBatch.objects.get().state == "done"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_has_room_in_both_directions(visitor, language, width):
    _story, found, by = told()
    by.language = language
    by.save(update_fields=["language"])
    coordinator = visitor(by, width=width)
    for name in ("before", "under-way"):
        coordinator.open(address_of(found))
        wide = coordinator.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
        if folder := os.environ.get("LOOK"):
            coordinator.page.screenshot(
                path=f"{folder}/{name}-{language}-{width}.png", full_page=True
            )
        if name == "before":
            coordinator.page.locator("main form:has([name=kinds]) button").click()
            coordinator.page.locator("#letter-batch").wait_for()
