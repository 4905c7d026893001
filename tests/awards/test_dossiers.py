"""The decision dossier: complete, hashed, made once whatever dies, and private."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder
from documents.actions.making import render_document
from documents.models import Document
from jobs.actions.conducting import TakenOver
from tests.awards.deciding import proposed, published
from tests.people import log_in, person
from vouchers.applications.models import Attachment, Recusal
from vouchers.awards.dossiers.actions import building
from vouchers.awards.dossiers.actions.asking import ask_for_dossier
from vouchers.awards.dossiers.actions.building import DOSSIERS, make_dossier
from vouchers.awards.dossiers.models import Dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def quick_letters(monkeypatch):
    """Letters are made elsewhere; here a few are, the others are waited for no longer."""
    monkeypatch.setattr(building, "WAIT_FOR_LETTERS", timedelta(0))


def made(story, proposal):
    minutes = Document.objects.get(kind="minutes", language="en")
    render_document(minutes.pk)
    dossier = ask_for_dossier(proposal, by=story.cast.coordinators[0])
    assert make_dossier(dossier.pk)
    dossier.refresh_from_db()
    return dossier


def unpacked(dossier):
    return zipfile.ZipFile(io.BytesIO(dossier.file.read()))


def test_every_hash_and_size_of_the_manifest_is_true(quick_letters):
    story, proposal, sent = published()
    dossier = made(story, proposal)
    content = default_storage.open(dossier.file.name).read()
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (dossier.sha256, dossier.size)
    archive = zipfile.ZipFile(io.BytesIO(content))
    manifest = json.loads(archive.read("manifest.json"))
    there = [file for file in manifest["files"] if not file["missing"]]
    assert len(there) == manifest["count"] == dossier.files
    assert {file["path"] for file in there} == set(archive.namelist()) - {
        "manifest.json",
        "manifest.csv",
    }
    for file in there:
        data = archive.read(file["path"])
        assert hashlib.sha256(data).hexdigest() == file["sha256"]
        assert len(data) == file["size"]
        assert file["expected_sha256"] in ("", file["sha256"])
    assert sum(file["size"] for file in there) == manifest["size"]
    rows = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
    assert [row["path"] for row in rows] == [file["path"] for file in manifest["files"]]
    assert archive.testzip() is None
    # The attachment as it was sent is among them.
    attachment = Attachment.objects.get(application=sent[0])
    assert attachment.sha256 in {file["sha256"] for file in there}


def test_it_holds_what_the_decisions_rest_on(quick_letters):
    story, proposal, sent = published()
    archive = unpacked(made(story, proposal))
    names = archive.namelist()
    for name in (
        "call/call.json",
        "applications.csv",
        "conflicts.csv",
        "scores.csv",
        "consensus.csv",
        "ranking.csv",
        "feedback.csv",
        "reviews.csv",
        "history.csv",
    ):
        assert name in names

    def rows(name):
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))

    assert [row["decision"] for row in rows("ranking.csv")] == ["award", "reserve", "refuse"]
    criteria = story.call.criteria.count()
    assert len(rows("scores.csv")) == 3 * 2 * criteria
    assert {row["application"] for row in rows("conflicts.csv")} == {one.reference for one in sent}
    actions_told = {row["action"] for row in rows("history.csv")}
    assert {"Selection proposed", "Selection approved", "Application sent"} <= actions_told
    call = json.loads(archive.read("call/call.json"))
    assert len(call["criteria"]) == criteria


def test_what_is_missing_is_named_with_its_reason(quick_letters):
    story, proposal, sent = published()
    attachment = Attachment.objects.get(application=sent[0])
    default_storage.delete(attachment.file.name)
    dossier = made(story, proposal)
    manifest = json.loads(unpacked(dossier).read("manifest.json"))
    gone = [file for file in manifest["files"] if file["missing"]]
    assert dossier.missing == len(gone) == manifest["missing"]
    reasons = {file["missing"] for file in gone}
    assert reasons == {"The stored file is gone.", "The document is pending."}
    assert attachment.sha256 in {file["expected_sha256"] for file in gone}


def test_it_waits_for_letters_that_are_being_made():
    story, proposal, _sent = published()
    dossier = ask_for_dossier(proposal, by=story.cast.coordinators[0])
    assert not make_dossier(dossier.pk)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.attempts) == ("pending", 0)


def test_a_dead_worker_is_followed_by_another_and_its_late_result_is_dropped(quick_letters):
    story, proposal, _sent = published()
    dossier = ask_for_dossier(proposal, by=story.cast.coordinators[0])
    dead = DOSSIERS.begin(dossier.pk)
    # Somebody is at it: neither a second task nor the sweeper takes it.
    assert not make_dossier(dossier.pk)
    assert DOSSIERS.claim_due() == []
    later = timezone.now() + DOSSIERS.lease + timedelta(seconds=1)
    assert DOSSIERS.claim_due(later) == [dossier.pk]
    assert make_dossier(dossier.pk)
    with pytest.raises(TakenOver):
        DOSSIERS.work(dead)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.attempts) == ("ready", 2)
    assert len(default_storage.listdir("dossiers")[1]) == 1


def test_a_dossier_that_kills_every_worker_is_given_up(quick_letters):
    story, proposal, _sent = published()
    dossier = ask_for_dossier(proposal, by=story.cast.coordinators[0])
    for _attempt in range(Dossier.MAX_ATTEMPTS):
        assert DOSSIERS.begin(dossier.pk)
        Dossier.objects.update(run=None)
    assert not make_dossier(dossier.pk)
    dossier.refresh_from_db()
    assert dossier.state == "failed"


def test_asked_for_twice_it_is_made_once():
    story, proposal, _sent = published()
    one, other = story.cast.coordinators
    first = ask_for_dossier(proposal, by=one)
    assert ask_for_dossier(proposal, by=other) == first


def test_there_is_none_before_the_approval():
    story, proposal, _sent = proposed()
    with pytest.raises(OutOfOrder):
        ask_for_dossier(proposal, by=story.cast.coordinators[0])


def test_coordinators_and_auditors_download_it_and_nobody_else(client, quick_letters):
    story, proposal, sent = published()
    dossier = made(story, proposal)
    address = reverse("awards:download_dossier", args=[dossier.pk])
    for reader in (story.cast.coordinators[1], person(role="auditor")):
        log_in(client, reader)
        answer = client.get(address)
        assert hashlib.sha256(answer.getvalue()).hexdigest() == dossier.sha256
        assert answer["Cache-Control"] == "private, no-store"
        assert dossier.sha256 in client.get(dossier.get_absolute_url()).content.decode()
    strangers = [
        sent[0].submitted_by,
        story.cast.officer("LB"),
        story.cast.assessors[0],
        person(role="administrator"),
        story.cast.finance[0],
    ]
    recused = story.cast.coordinators[1]
    Recusal.objects.create(application=sent[1], person=recused, reason="My sister.")
    for stranger in (*strangers, recused):
        log_in(client, stranger)
        assert client.get(address).status_code == 404
        assert client.get(dossier.get_absolute_url()).status_code == 404
    with pytest.raises(NotAllowed):
        ask_for_dossier(proposal, by=recused)


def test_the_page_shows_how_far_it_has_come(client, quick_letters):
    story, proposal, _sent = published()
    log_in(client, story.cast.coordinators[0])
    answer = client.post(reverse("awards:ask_dossier", args=[proposal.pk]))
    dossier = Dossier.objects.get()
    assert answer["Location"] == dossier.get_absolute_url()
    Dossier.objects.update(done=3, total=9)
    page = client.get(dossier.get_absolute_url()).content.decode()
    assert "3 of 9 files are packed" in page
    assert f'hx-get="{dossier.get_absolute_url()}" hx-trigger="every 2s"' in page
