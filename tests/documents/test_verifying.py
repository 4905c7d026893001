"""Whether a letter is genuine, without telling more than the letter itself."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.actions import issue_document, withdraw_document
from documents.actions.making import render_document
from documents.models import Document
from tests.documents.samples import sample_facts
from tests.making import LB, open_story
from tests.people import log_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    document = issue_document(
        "award", person(), sample_facts("award"), language="en", by=None, reference="SUV-2026-LB-1"
    )
    render_document(document.pk)
    return Document.objects.get(pk=document.pk)


def test_a_genuine_letter_is_recognised_by_whoever_holds_it(client, letter):
    page = client.get(reverse("documents:verify", args=[letter.grouped_code])).content.decode()
    assert "genuine" in page.lower()
    assert "SUV-2026-LB-1" in page
    assert letter.facts["scores"][0]["mean"] not in page
    # In which language the letter is, by that language's own name.
    assert '<bdi lang="en">English</bdi>' in page


def test_a_code_typed_carelessly_leads_there(client, letter):
    typed = letter.code.lower().replace("0", "o")
    typed = f"\u202a{typed.translate(str.maketrans('123456789', '١٢٣٤٥٦٧٨٩'))}\u202c"
    answer = client.get(reverse("documents:verify_form"), {"code": typed}, follow=True)
    assert answer.request["PATH_INFO"].endswith(f"{letter.grouped_code}/")


def test_a_withdrawn_letter_says_so(client, letter):
    withdraw_document(letter, by=None, reason="A wrong amount.")
    page = client.get(reverse("documents:verify", args=[letter.grouped_code])).content.decode()
    assert "withdrawn" in page.lower()


def test_a_changed_file_is_told_apart(client, letter):
    address = reverse("documents:verify", args=[letter.grouped_code])
    same = SimpleUploadedFile("a.pdf", letter.file.read(), content_type="application/pdf")
    other = SimpleUploadedFile("a.pdf", b"%PDF-1.4 forged", content_type="application/pdf")
    told = [client.post(address, {"file": file}).content.decode() for file in (same, other)]
    assert told[0] != told[1]


def test_guessing_codes_is_slowed_down(client):
    address = reverse("documents:verify", args=["AAAA-AAAA-AAAA-AAAA-AAAA"])
    answers = [client.get(address).status_code for _attempt in range(21)]
    assert answers == [404] * 20 + [429]


def test_codes_that_exist_are_not_counted_and_addresses_apart(client, letter):
    wrong = reverse("documents:verify", args=["AAAA-AAAA-AAAA-AAAA-AAAA"])
    right = reverse("documents:verify", args=[letter.grouped_code])
    assert {client.get(right).status_code for _attempt in range(25)} == {200}
    assert {client.get(wrong).status_code for _attempt in range(20)} == {404}
    assert client.get(right).status_code == client.post(wrong).status_code == 429
    # Somebody elsewhere is not held up by them.
    assert client.get(right, REMOTE_ADDR="198.51.100.7").status_code == 200


def test_a_letter_opens_to_those_whom_it_concerns(client):
    story = open_story()
    application = story.apply(LB)
    letter = Document.objects.get(kind="acknowledgement", language="en")
    render_document(letter.pk)
    address = letter.get_absolute_url()
    answer = log_in(client, application.submitted_by).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    for stranger in (story.cast.officer("MA"), story.cast.assessors[0], person()):
        assert log_in(client, stranger).get(address).status_code == 404
