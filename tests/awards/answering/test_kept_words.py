"""What was signed stays word for word, whatever is released, named or withdrawn afterwards."""

import pytest
from django.core import mail
from django.utils.translation.trans_real import translation

from clusters.models import Cluster
from conduct.actions import OutOfOrder
from demonstration.signing import countersigned
from documents.actions import withdraw_document
from documents.actions.making import render_document
from documents.models import Document
from documents.rendering.pdf import letter_html
from notices.actions.sending import send_notice
from notices.models import Notice
from tests.people import log_in
from texts.actions import TextPlace, save_wording
from texts.kinds import Family, kinds_of
from vouchers.awards import actions
from vouchers.awards.letters.reading import agreement_to_read, articles_of
from vouchers.awards.models import CounterSignature

from .countersigning import address_of, asked_for_code, typed
from .making import code, manager_of, text_of

pytestmark = pytest.mark.django_db

# An article of the agreement, as its template says it.
_RESULTS = (
    "What is delivered belongs to the cluster. The programme may describe it and publish a summary."
)


def test_what_changes_of_the_cluster_and_the_wording_changes_nothing_that_was_signed(
    to_countersign, coordinator
):
    cluster = to_countersign.application.cluster
    was = cluster.name
    Cluster.objects.filter(pk=cluster.pk).update(name="Cedar Cluster")
    place = TextPlace(kinds_of(Family.LETTER)["agreement"], to_countersign.signature.language)
    save_wording(place, {"preamble": "Between others."}, seen=0, by=coordinator)
    actions.countersign(
        to_countersign, signing=countersigned(to_countersign, coordinator), by=coordinator
    )
    letter = Document.objects.get(
        kind="agreement", validity="current", language=to_countersign.signature.language
    )
    assert was in articles_of(letter).text
    assert "Between others" not in articles_of(letter).text


def test_a_release_with_other_words_changes_nothing_that_was_signed(
    client, to_countersign, coordinator, monkeypatch
):
    """An article is said otherwise, in every language, between the two signatures."""
    first = {
        one.language: articles_of(one).text for one in Document.objects.filter(kind="agreement")
    }
    for language in first:
        catalogue = translation(language)._catalog
        monkeypatch.setattr(
            catalogue, "_catalogs", [{_RESULTS: "Otherwise."}, *catalogue._catalogs]
        )
        monkeypatch.setattr(catalogue, "_plurals", [str, *catalogue._plurals])
        assert "Otherwise." in agreement_to_read(to_countersign, language).text
    log_in(client, coordinator)
    asked_for_code(client, to_countersign)
    page = client.get(address_of(to_countersign))
    assert to_countersign.signature.text in page.content.decode()
    client.post(address_of(to_countersign), typed(to_countersign, code=code()))
    second = Document.objects.filter(kind="agreement", validity="current")
    assert CounterSignature.objects.get().sha256 == to_countersign.signature.sha256
    assert {one.language: articles_of(one).text for one in second} == first
    assert not any("Otherwise." in letter_html(one) for one in second)
    assert all("Amal Coordinator" in letter_html(one) for one in second)


def test_a_withdrawn_agreement_is_not_counter_signed(client, to_countersign, coordinator):
    signing = countersigned(to_countersign, coordinator)
    for letter in Document.objects.filter(kind="agreement"):
        withdraw_document(letter, by=coordinator, reason="A mistake.")
    with pytest.raises(OutOfOrder, match="withdrawn"):
        actions.countersign(to_countersign, signing=signing, by=coordinator)
    log_in(client, coordinator)
    assert "was withdrawn" in client.get(address_of(to_countersign)).content.decode()


def test_the_mail_of_the_first_signature_still_brings_what_was_signed_on_that_day(
    to_countersign, coordinator
):
    """Its file may not be made yet when the agreement is counter-signed: each mail has its own."""
    issued = Notice.objects.get(kind="voucher-issued", recipient=manager_of(to_countersign))
    first = issued.documents.get()
    by = countersigned(to_countersign, coordinator)
    actions.countersign(to_countersign, signing=by, by=coordinator)
    first.refresh_from_db()
    assert (first.validity, first.state) == ("superseded", "pending")
    assert not send_notice(issued.pk)
    assert render_document(first.pk)
    assert send_notice(issued.pk)
    (attached,) = mail.outbox[-1].attachments
    text = text_of(attached[1])
    assert to_countersign.signature.name in text
    assert by.name not in text
