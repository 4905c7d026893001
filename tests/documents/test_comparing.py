"""Whether a file is ours, to the last byte: by its upload, or by the hash that a browser made."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.actions import issue_document, withdraw_document
from documents.actions.making import render_document
from documents.forms import COMPARED_FILE_LIMIT
from documents.models import Document
from tests.documents.conftest import HOLDER
from tests.documents.samples import sample_facts
from tests.files.test_large_forms import Unread
from tests.people import log_in, person

pytestmark = pytest.mark.django_db
FORM = "/verify/"
OURS = "to the last byte, the one that we issued"
NOT_OURS = "We issued no such file"


def made(kind="award", language="en"):
    document = issue_document(
        kind, person(), sample_facts(kind, language), language=language, by=None
    )
    render_document(document.pk)
    return Document.objects.get(pk=document.pk)


@pytest.fixture
def letter():
    return made()


@pytest.fixture
def content(letter):
    return letter.file.read()


def page_of(letter):
    return reverse("documents:verify", args=[letter.grouped_code])


def sent(client, address, content, **headers):
    file = SimpleUploadedFile("a.pdf", content, content_type="application/pdf")
    return client.post(address, {"file": file}, **headers).content.decode()


def hashed(client, address, content):
    return client.post(address, {"sha256": hashlib.sha256(content).hexdigest()}).content.decode()


@pytest.mark.parametrize("ask", [sent, hashed])
def test_the_very_file_is_known_with_its_code_and_without(client, letter, content, ask):
    for address in (FORM, page_of(letter)):
        page = ask(client, address, content)
        assert OURS in page
        assert "This letter is genuine" in page
        assert letter.grouped_code in page
        assert "QOOT Cluster" in page


@pytest.mark.parametrize("ask", [sent, hashed])
@pytest.mark.parametrize("place", [0, 0.5, -1])
def test_one_flipped_byte_is_found(client, letter, content, ask, place):
    at = place if place == -1 else int(len(content) * place)
    altered = bytearray(content)
    altered[at] ^= 1
    assert NOT_OURS in ask(client, FORM, bytes(altered))
    page = ask(client, page_of(letter), bytes(altered))
    assert "This file is not the letter that we issued" in page
    assert OURS not in page
    # What it ought to say.
    assert "5,000.00" in page


def test_a_pdf_of_somebody_else_and_what_is_none_are_not_ours(client, letter):
    for content in (b"%PDF-1.4 forged", b"hello", "نص".encode()):
        assert NOT_OURS in sent(client, FORM, content)


def test_the_file_of_another_letter_is_no_forgery(client, letter):
    other = made(language="fr")
    page = sent(client, page_of(letter), other.file.read())
    assert "it is another letter than the one with this code" in page
    assert "This file is another letter</h1>" in " ".join(page.split()).replace(" </h1>", "</h1>")
    assert "This letter is genuine" not in page
    assert other.grouped_code in page
    assert "altered, printed" not in page


def test_the_file_of_a_withdrawn_letter_is_ours_and_does_not_hold(client, letter, content):
    withdraw_document(letter, by=None, reason="A wrong amount for Nadine Khoury.")
    page = sent(client, FORM, content)
    assert OURS in page
    assert "This letter was withdrawn" in page
    assert "Nadine" not in page


@pytest.mark.parametrize("address", [FORM, "of the letter"])
def test_what_is_missing_or_empty_is_said_beside_the_field(client, letter, address):
    address = FORM if address == FORM else page_of(letter)
    assert "Choose the file" in client.post(address).content.decode()
    assert "The file is empty" in sent(client, address, b"")
    page = client.post(address, {"sha256": "abc"}).content.decode()
    assert OURS not in page
    assert NOT_OURS not in page


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("by_code", [True, False])
def test_two_hundred_megabytes_are_refused_unread(client, letter, language, by_code, settings):
    settings.MAX_UPLOAD_SIZE = 500 * 1024 * 1024
    answer = client.generic(
        "POST",
        page_of(letter) if by_code else FORM,
        CONTENT_TYPE="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024 * 1024),
        headers={"accept-language": language},
        **{"wsgi.input": Unread()},
    )
    page = answer.content.decode()
    assert answer.status_code == 413
    assert f'lang="{language}"' in page
    assert "200" in page
    if language == "en":
        assert "The file has 200.0\xa0MB; at most 20.0\xa0MB can be compared." in page


def test_a_file_just_above_the_limit_is_refused_and_nothing_of_it_is_kept(
    client, tmp_path, settings
):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    page = sent(client, FORM, b"x" * (COMPARED_FILE_LIMIT + 1))
    assert "at most 20.0\xa0MB can be compared" in page
    assert NOT_OURS not in page
    assert not list(tmp_path.iterdir())


def test_trying_files_is_slowed_down_as_trying_codes_is(client, letter, content):
    tries = int(settings.CODE_RATE_LIMITS["wrong_code"].partition("/")[0])
    for number in range(tries):
        assert NOT_OURS in sent(client, FORM, b"%d" % number)
    assert "Too many wrong codes" in sent(client, FORM, content)
    # Not even looked at, also from a form without a code.
    answer = client.generic(
        "POST",
        page_of(letter),
        CONTENT_TYPE="multipart/form-data; boundary=x",
        CONTENT_LENGTH="1000",
        **{"wsgi.input": Unread()},
    )
    assert answer.status_code == 429
    assert OURS in sent(client, FORM, content, REMOTE_ADDR="198.51.100.7")


def test_the_form_takes_its_own_token_only(letter, content):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    file = SimpleUploadedFile("a.pdf", content, content_type="application/pdf")
    assert strict.post(FORM, {"file": file}).status_code == 403


def test_the_sealed_file_says_that_its_seal_is_whole_and_of_whom(client, sealing):
    letter = made()
    page = sent(client, FORM, letter.file.read())
    assert OURS in page
    assert "So its electronic seal is whole" in page
    assert HOLDER in page
    assert letter.seal_fingerprint in page
    assert "was made by the portal itself" in page


@pytest.mark.parametrize("ask", [sent, hashed])
def test_the_copy_for_the_archive_and_the_letter_before_its_seal_are_known(client, sealing, ask):
    letter = made()
    before, archive = letter.file.read()[: letter.rendered_size], letter.archive.read()
    for address in (FORM, page_of(letter)):
        page = ask(client, address, archive)
        assert "our copy of this letter for the archive" in page
        assert letter.grouped_code in page
        page = ask(client, address, before)
        assert "this letter before it was sealed" in page
        assert OURS not in page


def test_what_was_added_after_the_seal_is_told_from_another_file(client, sealing):
    letter = made()
    content = letter.file.read()
    asked = f"{page_of(letter)}?beginning={letter.size}"
    assert f"?beginning={letter.size}" in client.get(page_of(letter)).content.decode()
    added = content + b"\n% a remark\n"
    page = sent(client, asked, added)
    assert "something was added after it" in page
    assert "This file is not the letter that we issued" in page
    by_browser = client.post(
        asked,
        {
            "sha256": hashlib.sha256(added).hexdigest(),
            "beginning": hashlib.sha256(content).hexdigest(),
        },
    )
    assert "something was added after it" in by_browser.content.decode()
    altered = bytearray(added)
    altered[100] ^= 1
    page = sent(client, asked, bytes(altered))
    assert "something was added" not in page
    assert "it was altered" in page
    # A number that is none, or of another letter, is no help to anybody.
    for other in ("-1", "x", "9" * 30, "٣", str(letter.size + 1)):
        assert "it was altered" in sent(client, f"{page_of(letter)}?beginning={other}", added)


def test_a_seal_whose_certificate_has_expired_since_says_so(client, sealing):
    letter = made()
    page = page_of(letter)
    assert "It has expired since" not in client.get(page).content.decode()
    with time_machine.travel(datetime(2061, 1, 1, tzinfo=UTC)):
        assert "It has expired since" in client.get(page).content.decode()


def test_a_letter_without_a_seal_says_so(client, letter):
    assert "without an electronic seal" in client.get(page_of(letter)).content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [("coordinator", 200), ("auditor", 200), ("assessor", 404), (None, 404)]
)
def test_the_copy_for_the_archive_is_for_the_programme(client, role, status):
    from tests.making import applied_story
    from vouchers.applications.models import Application

    applied_story()
    application = Application.objects.get()
    letter = issue_document(
        "acknowledgement", application, sample_facts("acknowledgement"), language="fr", by=None
    )
    render_document(letter.pk)
    log_in(client, person(role=role) if role else application.submitted_by)
    assert client.get(reverse("documents:archive", args=[letter.pk])).status_code == status
