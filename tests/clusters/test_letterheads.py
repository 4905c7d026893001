"""What the letters of a country partner bear: who says so, what is refused, what letters keep."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from clusters.actions import change_letterhead
from clusters.models import CountryPartner
from conduct.actions import NotAllowed, Refused
from documents.actions.making import render_document
from documents.models import Document
from tests.clusters.test_pages import picture
from tests.making import LB, open_story
from tests.people import log_in, person

pytestmark = pytest.mark.django_db
TYPED = {
    "street": "Cedar Street 12",
    "postcode": "1107",
    "town": "Beirut",
    "email": "letters@partner.example",
    "signatory": "Rami Saliba",
    "signatory_function_0": "Director",
    "signatory_function_1": "Directeur",
    "signatory_function_2": "المدير",
}


@pytest.fixture
def story():
    return open_story()


@pytest.fixture
def address():
    return reverse("clusters:letterhead", args=["LB"])


def partner():
    return CountryPartner.objects.get(country="LB")


def test_an_officer_changes_the_letterhead_of_the_own_country(client, story, address):
    log_in(client, story.cast.officer("LB"))
    listed = client.get(reverse("clusters:letterheads")).content.decode()
    assert address in listed
    assert reverse("clusters:letterhead", args=["MA"]) not in listed
    logo = picture((300, 100))
    assert client.post(address, {**TYPED, "logo": logo})["Location"] == address
    found = partner()
    assert (found.street, found.signatory) == ("Cedar Street 12", "Rami Saliba")
    assert found.signatory_function.localize("ar") == "المدير"
    shown = client.get(reverse("clusters:letterhead_logo", args=["LB"]))
    assert Image.open(io.BytesIO(b"".join(shown.streaming_content))).format == "WEBP"
    client.post(address, {**TYPED, "removes_logo": "on"})
    assert not partner().logo


def test_others_find_nothing(client, story, address):
    assert client.get(address).status_code == 302
    for stranger in (story.cast.officer("MA"), person(), person(role="finance")):
        log_in(client, stranger)
        assert client.get(address).status_code == 404
        assert client.post(address, TYPED).status_code == 404
    assert not partner().street
    with pytest.raises(NotAllowed):
        change_letterhead(partner(), street="x", by=story.cast.officer("MA"))
    log_in(client, story.cast.coordinators[0])
    assert client.get(address).status_code == 200


def test_what_is_no_logo_is_refused_and_nothing_typed_is_lost(client, story, address):
    log_in(client, story.cast.coordinators[0])
    for content, sentence in ((b"%PDF-1.4 x", ""), (b"", "The file is empty")):
        answer = client.post(address, {**TYPED, "logo": SimpleUploadedFile("l.png", content)})
        page = answer.content.decode()
        assert "Rami Saliba" in page
        assert sentence in page
    with pytest.raises(Refused):
        change_letterhead(
            partner(), logo=SimpleUploadedFile("l.png", b"%PDF-1.4"), by=story.cast.coordinators[0]
        )
    assert not partner().street


def text_of(letter):
    render_document(letter.pk)
    letter.refresh_from_db()
    return PdfReader(letter.file).pages[0].extract_text()


def test_letters_bear_it_and_keep_what_they_bore(story):
    by = story.cast.coordinators[0]
    typed = {
        **{name: TYPED[name] for name in ("street", "postcode", "town", "email", "signatory")},
        "logo": picture((300, 100)),
    }
    change_letterhead(partner(), by=by, **typed)
    application = story.apply(LB)
    letter = Document.objects.get(kind="acknowledgement", language="en")
    change_letterhead(partner(), by=by, signatory="Somebody Else", removes_logo=True)
    text = text_of(letter)
    for said in ("Cedar Street 12", "1107 Beirut", "letters@partner.example", "Rami Saliba"):
        assert said in text
    assert "Somebody Else" not in text
    pdf = PdfReader(letter.file)
    assert any("/Image" in str(one.get_object().get("/Subtype")) for one in images(pdf))
    assert application.cluster.name in text


def images(pdf):
    return pdf.pages[0]["/Resources"]["/XObject"].values()


def test_a_letter_whose_logo_is_gone_waits_and_is_made_once_it_is_there_again(story):
    by = story.cast.coordinators[0]
    found = change_letterhead(partner(), by=by, logo=picture((300, 100)))
    story.apply(LB)
    letter = Document.objects.get(kind="acknowledgement", language="en")
    storage, name = found.logo.storage, found.logo.name
    content = storage.open(name).read()
    storage.delete(name)
    render_document(letter.pk)
    letter.refresh_from_db()
    assert not letter.is_ready
    assert name in letter.last_error
    storage.save(name, io.BytesIO(content))
    assert "Berytech" in text_of(letter)
