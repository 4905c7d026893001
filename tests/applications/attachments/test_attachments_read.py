"""Attachments for their readers only: pictures, sizes, downloads that go on."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from files.actions.making import make_preview
from files.models import Preview
from tests.applications.attachments.attaching import address_of, draft, own, question, story
from tests.files.conftest import clamd
from tests.making import LB, pdf
from tests.people import log_in, person
from vouchers.applications import actions
from vouchers.applications.models import Attachment
from vouchers.scoring.assessing import actions as assessing_actions

__all__ = ["clamd", "draft", "own", "question", "story"]

pytestmark = pytest.mark.django_db


def test_a_removed_file_is_gone_with_its_picture(
    own, draft, question, django_capture_on_commit_callbacks
):
    attachment = actions.attach_file(draft, question, pdf(), by=draft.started_by)
    make_preview(Preview.objects.get().pk)
    name, picture = attachment.file.name, Preview.objects.get().picture(0)
    page = address_of(draft, question)
    html = own.get(page).content.decode()
    assert 'data-question="Remove “paper.pdf”?"' in html
    with django_capture_on_commit_callbacks(execute=True):
        own.post(
            reverse("applications:remove", args=[attachment.pk]),
            headers={"referer": f"http://testserver{page}"},
        )
    assert not Attachment.objects.exists()
    assert not default_storage.exists(name)
    assert not default_storage.exists(picture)


def test_the_page_of_a_sent_application_shows_pictures_sizes_and_fingerprints(client, story):
    sent = story.apply(LB)
    attachment = sent.attachments.first()
    log_in(client, story.cast.officer("LB"))
    before = client.get(sent.get_absolute_url()).content.decode()
    assert "A preview is being prepared." in before
    make_preview(Preview.objects.get(source=attachment.file.name).pk)
    html = client.get(sent.get_absolute_url()).content.decode()
    thumbnail = reverse("applications:preview", args=[attachment.pk, 0])
    assert f'src="{thumbnail}"' in html
    assert attachment.sha256 in html
    assert "1 page" in html
    picture = client.get(thumbnail)
    assert picture["Content-Type"] == "image/webp"
    assert picture["Content-Security-Policy"].startswith("sandbox")
    assert picture["Cache-Control"] == "private, no-cache"


def test_pictures_and_files_open_to_their_readers_only(client, story):
    sent = story.apply(LB)
    attachment = sent.attachments.first()
    make_preview(Preview.objects.get(source=attachment.file.name).pk)
    addresses = [
        reverse("applications:preview", args=[attachment.pk, 0]),
        reverse("applications:attachment", args=[attachment.pk]),
    ]
    for reader in (sent.submitted_by, story.cast.officer("LB"), story.cast.coordinators[0]):
        log_in(client, reader)
        assert [client.get(address).status_code for address in addresses] == [200, 200]
    for stranger in (story.cast.officer("MA"), story.cast.assessors[0], person()):
        log_in(client, stranger)
        assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_a_download_goes_on_where_it_stopped(own, draft, question):
    attachment = actions.attach_file(draft, question, pdf(), by=draft.started_by)
    address = reverse("applications:attachment", args=[attachment.pk])
    whole = own.get(address, headers={"accept-encoding": "gzip"})
    content = b"".join(whole)
    assert not whole.has_header("Content-Encoding")
    rest = own.get(
        address,
        headers={"range": "bytes=9-", "if-range": whole["ETag"], "accept-encoding": "gzip"},
    )
    assert (rest.status_code, b"".join(rest)) == (206, content[9:])
    assert whole["Content-Security-Policy"].startswith("default-src 'none'")


def test_an_assessor_reads_files_once_cleared_and_loses_them_with_a_conflict(client, story):
    eligible = story.check(story.apply(LB))
    attachment = eligible.attachments.first()
    make_preview(Preview.objects.get(source=attachment.file.name).pk)
    (assignment,) = story.assign(eligible, 1)
    addresses = [
        reverse("scoring:attachment", args=[assignment.pk, attachment.pk]),
        reverse("scoring:preview", args=[assignment.pk, attachment.pk, 0]),
    ]
    log_in(client, assignment.assessor)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assignment = assessing_actions.declare_no_conflict(assignment, by=assignment.assessor)
    part = client.get(addresses[0], headers={"range": "bytes=0-3"})
    assert (part.status_code, b"".join(part)) == (206, b"%PDF")
    page = client.get(reverse("scoring:assignment", args=[assignment.pk])).content.decode()
    assert f'src="{addresses[1]}"' in page
    assert client.get(addresses[1]).status_code == 200
    assessing_actions.declare_conflict(
        assignment, kind="family", conflict="My sister works there.", by=assignment.assessor
    )
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_the_files_of_a_question_cost_the_same_however_many(
    own, draft, question, django_assert_num_queries
):
    address = address_of(draft, question)
    actions.attach_file(draft, question, pdf(text="0"), by=draft.started_by)
    own.get(address)
    with django_assert_num_queries(10) as counted:
        own.get(address)
    for number in range(1, question.max_files):
        actions.attach_file(draft, question, pdf(text=str(number)), by=draft.started_by)
    with django_assert_num_queries(len(counted)):
        own.get(address)
