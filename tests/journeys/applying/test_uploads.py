"""Files over a bad line: cut in the middle, the page reloaded, or without any script at all."""

from __future__ import annotations

import hashlib
import os
import re

import pytest
from django.urls import reverse

from files.models import Upload
from tests.files import samples
from tests.making import LB, open_story
from vouchers.applications.models import Attachment
from vouchers.calls.models import Question

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def with_three_megabytes(made):
    """Noise that packs to nothing less, so that the file has its size."""
    made.Root.Noise = made.make_stream(os.urandom(3 * 1024 * 1024))


LARGE = samples.pdf(with_three_megabytes)
SHA256 = hashlib.sha256(LARGE).hexdigest()


@pytest.fixture
def draft():
    return open_story().apply(LB, send=False)


@pytest.fixture
def address(draft):
    question = draft.call.questions.filter(kind=Question.Kind.FILE).first()
    return reverse("applications:attach", args=[draft.pk, question.pk])


def choose(visitor, name="budget.pdf", content=LARGE):
    visitor.page.set_input_files(
        "main [name=file]",
        {"name": name, "mimeType": "application/pdf", "buffer": content},
    )


def is_piece(request):
    return request.method == "PATCH"


def cut_after(page, pieces):
    """Let so many pieces through; every later one dies on its way, until the line is mended."""
    sent = []

    def handle(route):
        if is_piece(route.request):
            sent.append(route.request.headers["upload-offset"])
            if len(sent) > pieces:
                return route.abort("connectionfailed")
        return route.fallback()

    page.route(re.compile("/uploads/"), handle)
    return sent


def test_a_file_whose_line_is_cut_goes_on_where_it_stopped(visitor, draft, address):
    someone = visitor(draft.started_by)
    someone.open(address)
    offsets = cut_after(someone.page, 2)
    choose(someone)
    row = someone.page.locator(".file-row")
    row.get_by_text("The line is down. It goes on by itself once it is back.").wait_for(
        timeout=40_000
    )
    half = Upload.objects.get()
    assert 0 < half.offset < half.size == len(LARGE)
    # A whole file sent anew would begin at 0 once more.
    assert offsets.count("0") == 1
    someone.page.unroute(re.compile("/uploads/"))
    someone.page.evaluate("window.dispatchEvent(new Event('online'))")
    someone.page.locator(".file-list").get_by_text("budget.pdf").wait_for(timeout=30_000)
    attachment = Attachment.objects.get()
    assert (attachment.sha256, attachment.size) == (SHA256, len(LARGE))
    assert someone.page.inner_text("[data-said]") == "“budget.pdf” is attached."
    someone.complaints.clear()
    someone.check()


def test_after_a_reload_the_same_file_goes_on_from_there(visitor, draft, address, tmp_path):
    # A file on the disk, since it is known again by its name, size and date.
    file = tmp_path / "budget.pdf"
    file.write_bytes(LARGE)
    someone = visitor(draft.started_by)
    someone.open(address)
    cut_after(someone.page, 2)
    someone.page.set_input_files("main [name=file]", file)
    someone.page.locator(".file-row").get_by_text("The line is down.").wait_for(timeout=40_000)
    arrived = Upload.objects.get().offset
    someone.page.unroute(re.compile("/uploads/"))
    someone.complaints.clear()
    someone.open(address)
    someone.reads("Choose the same file again, and it goes on from there.")
    offsets = []
    someone.page.on(
        "request",
        lambda request: is_piece(request) and offsets.append(request.headers["upload-offset"]),
    )
    someone.page.set_input_files("main [name=file]", file)
    someone.page.locator(".file-list").get_by_text("budget.pdf").wait_for(timeout=30_000)
    assert offsets[0] == str(arrived)
    assert Attachment.objects.get().sha256 == SHA256
    someone.check()


def test_an_upload_can_be_paused_taken_up_and_cancelled(visitor, draft, address):
    someone = visitor(draft.started_by)
    someone.open(address)

    def slowly(route):
        if is_piece(route.request):
            someone.page.wait_for_timeout(300)
        route.fallback()

    someone.page.route(re.compile("/uploads/"), slowly)
    choose(someone)
    row = someone.page.locator(".file-row")
    row.get_by_text(re.compile(r"[1-9]\d* % has arrived")).wait_for()
    row.get_by_role("button", name="Pause").click()
    row.get_by_text("paused at").wait_for()
    row.get_by_role("button", name="Go on").click()
    row.get_by_role("button", name="Pause").wait_for()
    row.get_by_role("button", name="Cancel").click()
    row.wait_for(state="detached")
    assert someone.page.inner_text("[data-said]") == "“budget.pdf” is not uploaded."
    assert not Attachment.objects.exists()
    someone.page.wait_for_timeout(500)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_refused_says_so_beside_it(visitor, draft, address, width):
    someone = visitor(draft.started_by, width=width)
    someone.open(address)
    choose(someone, "notes.txt", b"hello")
    choose(someone, "script.pdf", samples.pdf(samples.with_script))
    alerts = someone.page.locator(".file-progress [role=alert]")
    alerts.get_by_text("holds a script (JavaScript). Print it to PDF").wait_for()
    first, second = alerts.all_inner_texts()
    assert first.startswith("notes.txt: This is not a file of an accepted type: PDF, picture")
    assert second.startswith("script.pdf: The PDF holds a script")
    assert not Attachment.objects.exists()
    # The browser itself notes the refused answer (422).
    someone.complaints.clear()
    someone.check()


def test_without_script_a_plain_form_sends_it(browser, live_server, visitor, draft, address):
    someone = visitor(draft.started_by)
    context = browser.new_context(
        java_script_enabled=False, storage_state=someone.context.storage_state()
    )
    page = context.new_page()
    page.goto(f"{live_server.url}{address}")
    files = [
        {"name": "budget.pdf", "mimeType": "application/pdf", "buffer": LARGE},
        {"name": "bad.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 %%EOF"},
    ]
    page.set_input_files("main [name=file]", files)
    page.get_by_role("button", name="Attach").click()
    page.locator(".file-list").get_by_text("budget.pdf").wait_for()
    assert "bad.pdf: The PDF is damaged and cannot be read." in page.inner_text("main")
    assert Attachment.objects.get().sha256 == SHA256
    context.close()
