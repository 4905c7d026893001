"""Files of a question: several, within limits that are told before, each once."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from django.urls import reverse

from clusters.models import Representative
from conduct.actions import OutOfOrder, Refused
from files.actions import uploads
from files.models import Upload
from files.wording.kinds import ACCEPTED_ENDINGS
from tests.applications.attachments.attaching import address_of, draft, own, question, story
from tests.files import samples
from tests.files.conftest import Clamd, clamd
from tests.files.test_scanning import INFECTED
from tests.files.tus import ask, base64_of, begin, patch
from tests.making import LB_SECOND, pdf
from tests.people import log_in, person
from vouchers.applications import actions
from vouchers.applications.models import Attachment
from vouchers.applications.targets import attachment_key
from vouchers.calls.models import Call, Question

__all__ = ["clamd", "draft", "own", "question", "story"]

pytestmark = pytest.mark.django_db


def limit(call, **limits):
    """Change the limits of a call that is open already: only for the test's sake."""
    Call.objects.filter(pk=call.pk).update(**limits)


def told(draft, question, name="plan.pdf"):
    pairs = {"filename": name, "target": "attachment", "key": attachment_key(draft, question)}
    return ",".join(f"{word} {base64_of(value)}" for word, value in pairs.items())


def words_of(page):
    """What the script says, as the page tells it."""
    found = re.search(r"data-words>(.*?)</script>", page.content.decode(), re.DOTALL)
    return json.loads(found[1])


def test_several_files_come_with_one_form(own, draft, question):
    sent = {"file": [pdf("one.pdf", "1"), pdf("two.pdf", "2")]}
    page = own.post(address_of(draft, question), sent, follow=True)
    names = list(question.attachments.values_list("name", flat=True))
    assert names == ["one.pdf", "two.pdf"]
    html = page.content.decode()
    assert "The file “one.pdf” is attached." in html
    assert html.index("one.pdf") < html.index("two.pdf")


def test_the_form_leads_back_to_the_page_on_which_it_stood(own, draft, question):
    back = draft.get_absolute_url()
    answer = own.post(address_of(draft, question), {"file": pdf(), "next": back})
    assert answer["Location"] == f"{back}#files-{question.pk}"
    elsewhere = {"file": pdf(text="2"), "next": "https://evil.example/"}
    answer = own.post(address_of(draft, question), elsewhere)
    assert answer["Location"].startswith(address_of(draft, question))


def test_the_limits_are_told_before_choosing(own, draft, question):
    limit(draft.call, max_file_size=3 * 1024 * 1024, max_files=7)
    page = own.get(address_of(draft, question))
    html = page.content.decode()
    assert f"At most {question.max_files} files, each of at most 3.0\xa0MB." in html
    assert "PDF, picture (PNG, JPEG, WebP, HEIC), Word (.docx), Excel (.xlsx)" in html
    assert "The whole application takes at most 7 files." in html
    assert f'accept="{",".join(ACCEPTED_ENDINGS)}"' in html
    assert words_of(page)["large"].startswith(
        "The file is too large; at most 3.0\xa0MB are allowed."
    )


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_what_the_script_says_can_be_read_in_every_language(client, draft, question, language):
    draft.started_by.language = language
    draft.started_by.save()
    page = log_in(client, draft.started_by).get(address_of(draft, question))
    assert "%s" in words_of(page)["done"]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (lambda: pdf("statutes.exe"), "not a file of an accepted type"),
        (lambda: pdf("picture.png"), "By its content this file is a PDF"),
        (
            lambda: samples.named("a.pdf", samples.pdf(samples.with_script)),
            "The PDF holds a script (JavaScript). Print it to PDF",
        ),
        (
            lambda: samples.named("a.docx", samples.word_with({"word/vbaProject.bin": b"x"})),
            "The file holds macros.",
        ),
        (
            lambda: samples.named("a.docx", samples.word_with({"a.bin": b"\0" * 9_000_000})),
            "as a ZIP bomb does",
        ),
        (lambda: samples.named("a.pdf", b""), "The file is empty."),
    ],
)
def test_a_refused_file_stands_beside_the_field_with_what_to_do(
    own, draft, question, file, sentence
):
    good = pdf("good.pdf")
    page = own.post(address_of(draft, question), {"file": [file(), good]})
    assert sentence in page.content.decode()
    # The other file of the same form is kept.
    assert list(Attachment.objects.values_list("name", flat=True)) == ["good.pdf"]


def test_a_form_without_a_file_says_so(own, draft, question):
    page = own.post(address_of(draft, question))
    assert "Choose a file." in page.content.decode()


def test_a_file_too_large_is_refused_with_both_sizes(own, draft, question):
    limit(draft.call, max_file_size=100)
    page = own.post(address_of(draft, question), {"file": pdf()})
    assert "at most 100\xa0bytes are allowed" in page.content.decode()
    answer = begin(own, size=101, told=told(draft, question))
    assert answer.status_code == 413


def test_a_question_takes_so_many_and_the_application_too(own, draft, question):
    limit(draft.call, max_files=question.max_files + 1)
    for number in range(question.max_files):
        actions.attach_file(draft, question, pdf(text=str(number)), by=draft.started_by)
    answer = begin(own, told=told(draft, question))
    assert answer.status_code == 422
    assert f"This question takes at most {question.max_files} files." in answer.content.decode()
    limit(draft.call, max_files=1)
    draft.call.refresh_from_db()
    question.attachments.first().delete()
    with pytest.raises(Refused, match="The whole application takes at most 1 file"):
        actions.attach_file(draft, question, pdf(text="x"), by=draft.started_by)


def test_the_same_file_twice_is_refused_with_its_first_name(own, draft, question):
    own.post(address_of(draft, question), {"file": pdf("first.pdf")})
    page = own.post(address_of(draft, question), {"file": pdf("again.pdf")})
    assert "again.pdf: This file is attached already, as “first.pdf”." in page.content.decode()
    assert Attachment.objects.count() == 1


def test_a_file_arrives_piece_by_piece(own, draft, question):
    content = samples.pdf(pages=30)
    address = begin(own, size=len(content), told=told(draft, question))["Location"]
    patch(own, address, content[:700], 0)
    page = own.get(address_of(draft, question)).content.decode()
    assert "700\xa0bytes of" in page
    assert "Choose the same file again, and it goes on from there." in page
    assert patch(own, address, content[700:], 700).status_code == 204
    attachment = question.attachments.get()
    assert attachment.sha256 == hashlib.sha256(content).hexdigest()
    assert (attachment.name, attachment.size) == ("plan.pdf", len(content))
    assert attachment.uploaded_by == draft.started_by


def test_nobody_else_uploads_to_a_draft(client, story, draft, question):
    reader = person()
    Representative.objects.create(cluster=draft.cluster, user=reader, level="reader")
    assert begin(log_in(client, reader), told=told(draft, question)).status_code == 403
    for stranger in (person(), story.cast.officer("LB"), story.cast.coordinators[0]):
        answer = begin(log_in(client, stranger), told=told(draft, question))
        assert answer.status_code == 404
        assert client.get(address_of(draft, question)).status_code == 404


def test_an_upload_that_arrives_after_the_application_was_sent_is_refused(own, story, client):
    sent = story.apply(LB_SECOND)
    question = sent.call.questions.filter(kind=Question.Kind.FILE).first()
    log_in(client, sent.submitted_by)
    answer = begin(client, told=told(sent, question))
    assert answer.status_code == 422
    assert "This cannot be done now" in answer.content.decode()
    with pytest.raises(OutOfOrder):
        actions.attach_file(sent, question, pdf(text="late"), by=sent.submitted_by)


@pytest.mark.parametrize("key", ["", "1", "a:b", "999999:1", "1:999999", ":"])
def test_a_question_that_is_not_there_takes_nothing(own, draft, key):
    pairs = {"filename": "a.pdf", "target": "attachment", "key": key}
    metadata = ",".join(f"{word} {base64_of(value)}" for word, value in pairs.items() if value)
    assert begin(own, told=metadata).status_code == 404


def test_an_unfinished_upload_can_be_discarded_with_a_plain_button(own, draft, question):
    address = begin(own, told=told(draft, question))["Location"]
    patch(own, address, b"%PDF-1.4", 0)
    page = address_of(draft, question)
    discard = reverse("files:discard", args=[Upload.objects.get().pk])
    assert discard in own.get(page).content.decode()
    answer = own.post(discard, headers={"referer": f"http://testserver{page}"})
    assert answer["Location"].endswith(page)
    assert not Upload.objects.exists()


def test_a_colleague_does_not_see_what_somebody_else_is_uploading(own, draft, question, client):
    address = begin(own, told=told(draft, question))["Location"]
    patch(own, address, b"%PDF-1.4", 0)
    colleague = person()
    Representative.objects.create(cluster=draft.cluster, user=colleague, level="editor")
    log_in(client, colleague)
    assert "plan.pdf" not in client.get(address_of(draft, question)).content.decode()
    assert ask(client, "HEAD", address).status_code == 404


def test_malware_is_refused_beside_the_field(own, draft, question, clamd):
    file = samples.named("plan.pdf", INFECTED)
    page = own.post(address_of(draft, question), {"file": file})
    assert "found “Eicar-Signature” in this file" in page.content.decode()
    assert not Attachment.objects.exists()
    assert Upload.objects.get().finding == "Eicar-Signature"


def test_a_held_file_is_shown_as_being_checked(own, draft, question, settings):
    server = Clamd()
    server.server_close()
    settings.CLAMD_URL, settings.CLAMD_TIMEOUT = server.url, 1
    settings.CLAMD_WHEN_AWAY = "hold"
    page = own.post(address_of(draft, question), {"file": pdf()}, follow=True)
    assert "is being checked for viruses" in page.content.decode()
    settings.CLAMD_URL = ""
    uploads.finish_upload(Upload.objects.get(), by=draft.started_by)
    assert question.attachments.count() == 1
    assert "being checked" not in own.get(address_of(draft, question)).content.decode()
