"""Pieces that go wrong, and uploads that are taken back, expire or meet one another."""

from __future__ import annotations

import hashlib
import threading
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from conduct.actions import Refused
from files.actions import uploads as actions
from files.actions.refusals import WrongOffset
from files.models import Upload
from files.tasks import sweep_uploads
from files.views import uploads as views
from tests.files import samples
from tests.files.tus import HALF, PDF, SIZE, ask, base64_of, begin, patch
from tests.people import log_in, person

pytestmark = pytest.mark.django_db


def test_an_upload_can_be_taken_back(own, shelf, django_capture_on_commit_callbacks):
    address = begin(own)["Location"]
    patch(own, address, PDF[:HALF], 0)
    path = Upload.objects.get().path
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(own, "DELETE", address).status_code == 204
    assert not Upload.objects.exists()
    assert not path.exists()
    assert ask(own, "HEAD", address).status_code == 404


def test_a_piece_that_meets_its_upload_taken_back_finds_nothing(own, shelf, monkeypatch):
    address = begin(own)["Location"]
    reading = views._read

    def taken_back_meanwhile(*arguments):
        reading(*arguments)
        ask(own, "DELETE", address)

    monkeypatch.setattr(views, "_read", taken_back_meanwhile)
    assert patch(own, address, PDF, 0).status_code == 404
    assert not shelf.taken


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_damaged_on_its_way_is_thrown_away(own, shelf, algorithm):
    address = begin(own)["Location"]
    digest = base64_of(hashlib.new(algorithm, PDF[:HALF]).digest())
    checksum = {"Upload-Checksum": f"{algorithm} {digest}"}
    assert patch(own, address, PDF[: HALF - 1] + b"x", 0, **checksum).status_code == 460
    assert Upload.objects.get().offset == 0
    assert patch(own, address, PDF[:HALF], 0, **checksum).status_code == 204


@pytest.mark.parametrize("checksum", ["md5 abcd", "sha1 not-base64!", "sha1"])
def test_a_checksum_that_nobody_can_check_is_refused(own, shelf, checksum):
    address = begin(own)["Location"]
    answer = patch(own, address, PDF, 0, **{"Upload-Checksum": checksum})
    assert answer.status_code in (400, 460)
    assert Upload.objects.get().offset == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "many"}, 400),
        ({"type": "application/octet-stream"}, 415),
    ],
)
def test_a_piece_in_another_dialect_is_refused(own, shelf, headers, status):
    answer = patch(own, begin(own)["Location"], PDF, 0, **headers)
    assert answer.status_code == status
    if status == 412:
        assert answer["Tus-Version"] == "1.0.0"


@pytest.mark.parametrize(
    "headers",
    [
        {"Upload-Length": "-5"},
        {"Upload-Length": "1e3"},
        {"Upload-Length": "9" * 30},
        {"Upload-Metadata": "filename ???"},
        {"Upload-Metadata": "filename YQ==,filename YQ=="},
        {"Upload-Metadata": "filename " + "A" * 9000},
    ],
)
def test_an_announcement_that_makes_no_sense_is_refused(own, shelf, headers):
    assert begin(own, **headers).status_code == 400


def test_methods_that_a_proxy_stops_come_in_a_header(own, shelf):
    address = begin(own)["Location"]
    override = {"X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    assert ask(own, "POST", address, PDF, **override).status_code == 204
    assert len(shelf.taken) == 1
    assert ask(own, "GET", address).status_code == 405


def test_an_upload_that_nobody_goes_on_with_expires(own, shelf, django_capture_on_commit_callbacks):
    address = begin(own)["Location"]
    patch(own, address, PDF[:HALF], 0)
    path = Upload.objects.get().path
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert patch(own, address, PDF[HALF:], HALF).status_code == 410
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_uploads() == 1
    assert not Upload.objects.exists()
    assert not path.exists()


def test_an_upload_that_goes_on_is_not_swept(own, shelf):
    begin(own)
    assert sweep_uploads() == 0
    assert Upload.objects.count() == 1


def test_nobody_fills_the_disk_with_beginnings(own, shelf, monkeypatch):
    monkeypatch.setattr(actions, "MOST_UNFINISHED", 2)
    begin(own)
    begin(own)
    answer = begin(own)
    assert answer.status_code == 429
    assert "Too many uploads are unfinished" in answer.content.decode()


def test_a_line_that_breaks_within_a_piece_keeps_what_arrived(own, shelf):
    """The web server gives what came, and then nothing more, although more was announced."""
    address = begin(own)["Location"]
    answer = own.generic(
        "PATCH",
        address,
        headers={"Tus-Resumable": "1.0.0", "Upload-Offset": "0"},
        CONTENT_TYPE="application/offset+octet-stream",
        CONTENT_LENGTH=str(SIZE),
        **{"wsgi.input": BytesIO(PDF[:HALF])},
    )
    assert answer["Upload-Offset"] == str(HALF)
    patch(own, address, PDF[HALF:], HALF)
    assert shelf.taken[0][2] == hashlib.sha256(PDF).hexdigest()


@pytest.mark.django_db(transaction=True)
def test_of_two_pieces_at_once_one_is_taken(shelf, owner):
    upload = actions.start_upload("shelf", "shelf-1", name="a.pdf", size=len(PDF), by=owner)
    both = threading.Barrier(2)
    outcomes = []

    def send():
        both.wait()
        try:
            actions.append_piece(upload, [PDF[:HALF]], offset=0, by=owner)
            outcomes.append("taken")
        except WrongOffset:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "taken"]
    assert Upload.objects.get().offset == HALF
    assert upload.path.read_bytes() == PDF[:HALF]


@pytest.mark.django_db(transaction=True)
def test_a_second_finish_waits_and_finds_it_done(shelf, owner):
    upload = actions.start_upload("shelf", "shelf-1", name="a.pdf", size=len(PDF), by=owner)
    upload = actions.append_piece(upload, [PDF], offset=0, by=owner)
    threads = []

    def finish():
        actions.finish_upload(upload, by=owner)
        connection.close()

    for _number in range(2):
        threads.append(threading.Thread(target=finish))
        threads[-1].start()
    for thread in threads:
        thread.join()
    assert Upload.objects.get().state == "done"
    assert len(shelf.taken) == 1


def test_a_file_that_came_whole_takes_the_same_way(shelf, owner):
    upload = actions.take_file("shelf", "shelf-1", samples.named("a.pdf", PDF), by=owner)
    assert upload.state == "done"
    assert shelf.taken[0][2] == hashlib.sha256(PDF).hexdigest()
    broken = samples.named("a.pdf", b"%PDF-1.4\n%%EOF")
    with pytest.raises(Refused, match="is damaged"):
        actions.take_file("shelf", "shelf-1", broken, by=owner)


def test_refusals_come_in_the_persons_language(shelf):
    reader = person(language="fr")
    own = log_in(Client(), reader)
    answer = begin(own, size=2 * 1024**3)
    assert answer["Content-Language"] == "fr"
