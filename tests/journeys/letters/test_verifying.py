"""A letter in somebody's hands: its file is hashed in the browser, and does not leave it."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect

from documents.actions import issue_document
from documents.actions.making import render_document
from documents.forms import COMPARED_FILE_LIMIT
from documents.models import Document
from tests.documents.samples import sample_facts
from tests.people import person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]


def named(content):
    file = io.BytesIO(content)
    file.name = "letter.pdf"
    return file


@pytest.fixture
def letter():
    document = issue_document("award", person(), sample_facts("award"), language="en", by=None)
    render_document(document.pk)
    return Document.objects.get(pk=document.pk)


def bodies_of(someone):
    """What the browser sends by forms, as it goes."""
    sent = []
    someone.page.on(
        "request",
        lambda request: sent.append(request.post_data_buffer) if request.method == "POST" else None,
    )
    return sent


def test_a_file_is_checked_without_leaving_the_browser(visitor, letter):
    content = letter.file.read()
    holder = visitor(width=390)
    bodies = bodies_of(holder)
    holder.open("/verify/")
    expect(holder.page.locator("[data-stays]")).to_be_visible()
    holder.upload("file", named(content)).press("Check the file")
    holder.reads("to the last byte, the one that we issued").reads("QOOT Cluster")

    altered = content[:-1] + bytes([content[-1] ^ 1])
    holder.upload("file", named(altered)).press("Compare")
    holder.reads("This file is not the letter that we issued").reads("5,000.00")

    assert len(bodies) == 2
    assert all(b"%PDF" not in body and len(body) < 2000 for body in bodies)
    assert letter.file_sha256.encode() in bodies[0]


def test_what_is_too_large_is_said_at_once_and_nothing_is_sent(visitor, letter, tmp_path):
    holder = visitor()
    bodies = bodies_of(holder)
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(COMPARED_FILE_LIMIT * 10)
    holder.open("/verify/")
    holder.page.set_input_files("main [name=file]", large)
    holder.page.get_by_role("button", name="Check the file").click()
    expect(holder.page.locator("[data-too-large]")).to_be_visible()
    holder.page.set_input_files("main [name=file]", [])
    # Another file is chosen in its place.
    holder.upload("file", named(letter.file.read())).press("Check the file")
    holder.reads("the one that we issued")
    assert len(bodies) == 1


def test_without_javascript_the_file_is_uploaded(visitor, letter):
    holder = visitor(width=390, javascript=False)
    holder.open("/verify/")
    expect(holder.page.locator("[data-stays]")).to_be_hidden()
    holder.upload("file", named(letter.file.read())).press("Check the file")
    holder.reads("to the last byte, the one that we issued")
