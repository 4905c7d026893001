"""The page that accepts the final report and closes a voucher."""

import pytest
from django.urls import reverse

from documents.models import Document
from documents.permissions import may_read_document
from tests.assistance.delivery.session import logged
from tests.making import voucher_story
from tests.people import log_in, person
from vouchers.assistance.delivery.actions import confirm_session
from vouchers.awards.models import Voucher

pytestmark = pytest.mark.django_db


def read(voucher):
    """What the page of the report carries of what its reader has read."""
    voucher.refresh_from_db()
    return {"version": voucher.final_report.version.number, "seen": str(voucher.balance)}


def test_the_officer_closes_a_voucher_that_is_paid_and_reported(client):
    told = voucher_story("reported")
    voucher = told.voucher
    log_in(client, told.officer)
    address = reverse("payments:accept_report", args=[voucher.pk])
    typed = read(voucher)
    answer = client.post(address, typed, follow=True)
    assert answer.redirect_chain == [(voucher.get_absolute_url(), 302)]
    assert "The voucher is closed. The certificate is being made." in answer.content.decode()
    voucher.refresh_from_db()
    assert voucher.state == "closed"
    assert voucher.final_report.accepted_by == told.officer
    certificate = Document.objects.get(kind="completion", language="en")
    assert certificate.issued_by == told.officer
    event = Voucher.pgh_event_models["update"].objects.filter(pgh_obj=voucher, state="closed").get()
    assert event.pgh_context.metadata["action"] == "accept_report"
    assert event.pgh_context.metadata["user"] == told.officer.pk
    # Whoever presses again reads that it is done.
    again = client.post(
        address, typed, headers={"referer": voucher.get_absolute_url()}, follow=True
    )
    assert [message.level_tag for message in again.context["messages"]] == ["error"]
    assert Document.objects.filter(kind="completion", language="en").count() == 1


def test_a_session_that_waits_keeps_the_voucher_open_and_is_named_and_linked(client):
    told = voucher_story("reported")
    session = logged(told)
    log_in(client, told.officer)
    address = reverse("payments:accept_report", args=[told.voucher.pk])
    page = client.post(address, read(told.voucher), follow=True).content.decode()
    assert "A session waits to be confirmed, mended or taken back" in page
    assert "Nour Haddad" in page
    assert f'href="{session.get_absolute_url()}"' in page
    confirm_session(session, by=told.manager)
    client.post(address, read(told.voucher))
    told.voucher.refresh_from_db()
    assert told.voucher.state == "closed"


def test_nobody_closes_without_having_read_the_report_and_what_is_released(client):
    told = voucher_story("reported")
    log_in(client, told.officer)
    address, page = reverse("payments:accept_report", args=[told.voucher.pk]), told.voucher
    both = read(told.voucher)
    for lacks, sentence in (
        ("version", "Please read the newest version of the report first: it is version 1."),
        ("seen", "would be released by now"),
    ):
        typed = {name: value for name, value in both.items() if name != lacks}
        for sent in (typed, typed | {lacks: ""}, typed | {lacks: "x"}):
            answer = client.post(
                address, sent, headers={"referer": page.get_absolute_url()}, follow=True
            )
            assert sentence in answer.content.decode(), (lacks, sent)
    told.voucher.refresh_from_db()
    assert told.voucher.state == "active"


def test_without_a_report_there_is_nothing_to_accept(client, delivered):
    log_in(client, delivered.officer)
    address = reverse("payments:accept_report", args=[delivered.voucher.pk])
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405


def test_who_reads_the_certificate():
    told = voucher_story("closed")
    [certificate, *_others] = Document.objects.filter(kind="completion")
    readers = [told.officer, told.manager, told.cast.coordinators[0], person(role="auditor")]
    assert [may_read_document(reader, certificate) for reader in readers] == [True] * 4
    assert not may_read_document(told.cast.officer("MA"), certificate)
    assert not may_read_document(person(), certificate)
