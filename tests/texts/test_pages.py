"""The pages of the texts: boxes with their mistakes, samples, versions beside each other."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from conduct.actions import NotAllowed, Refused
from dashboards.queries.outbox import notices_to_clusters
from documents.models import Document
from documents.rendering.pdf import letter_html
from tests.documents.samples import sample_document
from tests.making import voucher_story
from tests.people import log_in, person
from tests.texts.owning import HOSTILE, coordinator, page, place, saved, typed
from texts.actions import ChangedMeanwhile, TextPlace, reset_wording
from texts.kinds import Family, kinds_of
from texts.models import TextVersion
from texts.wording.filling import FROZEN

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "{klaster}",
        "{{ cluster }}",
        "{% now %}",
        "{0.__class__}",
        "a\u202eb",
        "x" * 20_000,
        "two\nlines",
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(client, text):
    nadine = coordinator()
    answer = log_in(client, nadine).post(page(place()), typed(place(), subject=text))
    form = answer.context["form"]
    assert list(form.errors) == ["subject"]
    assert form["subject"].value() == text
    with pytest.raises(Refused) as refused:
        saved(nadine, subject=text)
    assert refused.value.field == "subject"
    assert not TextVersion.objects.exists()


def test_two_who_save_at_once_see_both(client):
    nadine, rita = coordinator(), coordinator(name="Rita Haddad")
    saved(rita, subject="Rita says {reference}")
    browser = log_in(client, nadine)
    answer = browser.post(page(place()), typed(place(), subject="Nadine says so"))
    text = answer.content.decode()
    assert "<ins>Rita</ins>" in text
    assert "<ins>{reference}</ins>" in text
    assert "Rita Haddad" in text
    assert answer.context["form"]["subject"].value() == "Nadine says so"
    assert answer.context["form"]["seen"].value() == "1"
    with pytest.raises(ChangedMeanwhile):
        saved(nadine, subject="Nadine")
    with pytest.raises(ChangedMeanwhile):
        reset_wording(place(), seen=0, by=nadine)
    answer = browser.post(page(place()), typed(place(), seen=1, subject="Nadine says so"))
    assert answer.status_code == 302
    assert [one.number for one in TextVersion.objects.all()] == [2, 1]


def test_only_coordinators_write_and_auditors_read(client):
    auditor = person(role="auditor")
    for stranger in (person(), person(role="officer", country="LB"), person(role="finance")):
        browser = log_in(client, stranger)
        assert browser.get(page(place())).status_code == 404
        assert browser.post(page(place()), typed(place())).status_code == 404
        assert browser.get(reverse("texts:list")).status_code == 404
        with pytest.raises(NotAllowed):
            saved(stranger)
    browser = log_in(client, auditor)
    answer = browser.get(page(place()))
    assert answer.status_code == 200
    assert b"formaction" not in answer.content
    assert browser.post(page(place()), typed(place(), subject="No")).status_code == 403
    assert browser.post(page(place(), "texts:reset"), {"seen": "0"}).status_code == 403
    for name in ("texts:sample", "texts:drawn"):
        assert browser.post(page(place(), name), typed(place())).status_code == 403


def test_a_sample_of_what_is_wrong_says_what_is_wrong_and_keeps_what_was_typed(client):
    where = place("award", family=Family.LETTER)
    browser = log_in(client, coordinator())
    for name in ("texts:sample", "texts:drawn"):
        answer = browser.post(page(where, name), typed(where, closing="Yours, {nobody}"))
        assert answer["Content-Type"].startswith("text/html")
        assert answer.context["form"].errors["closing"]
        assert "Yours, {nobody}" in answer.content.decode()
    assert browser.post(page(place(), "texts:drawn"), typed(place())).status_code == 404


def test_the_list_tells_which_are_owned_and_by_whom(client):
    nadine = coordinator(name="Nadine Saab")
    saved(nadine)
    browser = log_in(client, nadine)
    text = browser.get(reverse("texts:list"), {"family": "mail", "words": "congratulations"})
    assert b"your own" in text.content
    assert b"Nadine Saab" in text.content
    assert browser.get(reverse("texts:list"), {"words": "zzz"}).context["groups"] == []


def test_the_sample_is_shown_before_anything_is_saved(client):
    browser = log_in(client, coordinator())
    data = typed(place(), subject=HOSTILE)
    text = browser.post(page(place(), "texts:sample"), data).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Cedar Food Cluster" in text
    assert not TextVersion.objects.exists()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_letter_is_shown_as_pdf(client, language):
    browser = log_in(client, coordinator())
    for kind in kinds_of(Family.LETTER):
        where = place(kind, language, family=Family.LETTER)
        answer = browser.post(page(where, "texts:drawn"), typed(where, closing="So long."))
        assert answer["Content-Type"] == "application/pdf", kind
        assert answer.content.startswith(b"%PDF")


def test_versions_are_compared_and_the_reset_is_one_of_them(client):
    nadine = coordinator()
    saved(nadine, subject="Welcome, {cluster}")
    second = saved(nadine, seen=1, subject="Welcome gladly, {cluster}")
    browser = log_in(client, nadine)
    text = browser.get(reverse("texts:version", args=[second.pk])).content.decode()
    assert "<del>Welcome,</del>" in text
    assert "<ins>Welcome gladly,</ins>" in text
    answer = browser.post(page(place(), "texts:reset"), {"seen": "2"}, follow=True)
    assert b"holds again" in answer.content
    assert TextVersion.objects.first().is_reset


def test_every_page_of_a_text_stands_in_every_language(client):
    for language in ("en", "fr", "ar"):
        browser = log_in(client, coordinator(language=language))
        assert browser.get(reverse("texts:list")).status_code == 200
        for family in Family:
            for kind in kinds_of(family).values():
                where = TextPlace(kind, language)
                assert browser.get(page(where)).status_code == 200


def real_letter(told, kind="acknowledgement", language="en"):
    return Document.objects.get(
        kind=kind, language=language, object_id=str(told.voucher.award.application_id)
    )


def test_a_letter_is_shown_on_a_real_record_and_stays_as_it_was_issued(client):
    told = voucher_story()
    letter = real_letter(told)
    before = (letter.facts, letter.state, Document.objects.count())
    where = place("acknowledgement", family=Family.LETTER)
    browser = log_in(client, told.cast.coordinators[0])
    cluster = str(letter.facts["cluster"])
    words = {"opening": "Dear {cluster}, we say it anew.\n\nAnd <b>once more</b>."}
    data = {**typed(where, **words), "record": str(letter.pk)}
    text = browser.post(page(where, "texts:sample"), data).content.decode()
    # Names stand isolated, so that none turns the direction of the rest.
    assert f'Dear <bdi dir="ltr">{cluster}</bdi>, we say it anew.' in text
    assert "&lt;b&gt;once more&lt;/b&gt;" in text
    assert f'<option value="{letter.pk}" selected>' in text
    answer = browser.post(page(where, "texts:drawn"), data)
    assert answer["Content-Type"] == "application/pdf"
    drawn = re.sub(r"\s+", " ", PdfReader(BytesIO(answer.content)).pages[0].extract_text())
    for said in (cluster, "we say it anew", "This is a draft to read", letter.reference):
        assert said in drawn
    # No code that verifies, whatever it looks like.
    assert letter.code not in drawn.replace("-", "")
    letter.refresh_from_db()
    assert (letter.facts, letter.state, Document.objects.count()) == before


def test_a_message_is_shown_on_a_real_one_with_its_own_reader(client):
    told = voucher_story()
    coordinator = told.cast.coordinators[0]
    notice = notices_to_clusters(coordinator).filter(kind="voucher-issued", language="en").first()
    where = place("voucher-issued")
    data = {**typed(where, subject="For {reference}"), "record": str(notice.pk)}
    text = log_in(client, coordinator).post(page(where, "texts:sample"), data).content.decode()
    assert f"<strong>For {notice.facts['reference']}</strong>" in text
    assert str(notice.recipient) in text
    # What is none of theirs, or of no kind, is the sample.
    for other in ("nonsense", "1c0f9a4e-6c22-4a52-9a3c-2f8c8f6d2a11", ""):
        text = log_in(client, coordinator).post(
            page(where, "texts:sample"), {**data, "record": other}
        )
        assert "On a sample" in text.content.decode()


def test_who_only_reads_is_offered_no_record(client):
    told = voucher_story()
    auditor = person(role="auditor")
    where = place("acknowledgement", family=Family.LETTER)
    answer = log_in(client, auditor).get(page(where))
    assert b"shown-on" not in answer.content
    assert told.voucher.reference not in answer.content.decode()


def test_every_letter_can_be_drawn_on_a_record_of_its_own(db):
    """On the facts of the gallery: none of them shows its code or looks as if it had been issued."""
    for kind in kinds_of(Family.LETTER):
        document, passages = sample_document(kind, "en"), kinds_of(Family.LETTER)[kind].built_in()
        facts = {**document.facts, FROZEN: passages}
        html = letter_html(
            Document(kind=kind, language="en", facts=facts, issued_at=document.issued_at),
            frame="letters/_draft.html",
        )
        assert 'class="watermark"' in html, kind
        assert "This is a draft to read" in html, kind
