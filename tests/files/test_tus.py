"""The tus protocol, header by header: https://tus.io/protocols/resumable-upload (1.0.0)."""

from __future__ import annotations

import base64
import hashlib
import threading
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conduct.actions import Refused
from files import actions, views
from files.models import Upload
from files.refusals import WrongOffset
from files.tasks import sweep_uploads
from tests.files import samples
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

PDF = samples.pdf(pages=40)
SIZE = len(PDF)
HALF = SIZE // 2


def base64_of(value):
    return base64.b64encode(value.encode() if isinstance(value, str) else value).decode()


def metadata(name="plan.pdf", target="shelf", key="shelf-1"):
    pairs = {"filename": name, "target": target, "key": key}
    return ",".join(f"{word} {base64_of(value)}" for word, value in pairs.items())


def begin(client, size=SIZE, told=None, **headers):
    return client.post(
        reverse("files:uploads"),
        headers={
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(size),
            "Upload-Metadata": told or metadata(),
            **headers,
        },
    )


def ask(client, method, address, content=b"", **headers):
    return client.generic(
        method,
        address,
        content,
        content_type=headers.pop("type", "application/offset+octet-stream"),
        headers={"Tus-Resumable": "1.0.0", **headers},
    )


def patch(client, address, content, offset, **headers):
    return ask(client, "PATCH", address, content, **{"Upload-Offset": str(offset), **headers})


def test_the_server_says_what_it_can_do(client):
    answer = ask(client, "OPTIONS", reverse("files:uploads"))
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,termination,expiration,checksum"
    assert answer["Tus-Max-Size"] == str(50 * 1024 * 1024)
    assert answer["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_a_file_arrives_in_two_pieces(own, shelf):
    begun = begin(own)
    assert (begun.status_code, begun["Tus-Resumable"]) == (201, "1.0.0")
    address = begun["Location"]
    first = patch(own, address, PDF[:HALF], 0)
    assert (first.status_code, first["Upload-Offset"]) == (204, str(HALF))
    assert first["Upload-Expires"].endswith("GMT")
    standing = ask(own, "HEAD", address)
    assert standing.status_code == 200
    assert standing["Upload-Offset"] == str(HALF)
    assert standing["Upload-Length"] == str(len(PDF))
    assert standing["Upload-Metadata"] == metadata()
    assert standing["Cache-Control"] == "no-store, private"
    last = patch(own, address, PDF[HALF:], HALF)
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(PDF)))
    assert shelf.taken == [("plan.pdf", len(PDF), hashlib.sha256(PDF).hexdigest())]


def test_the_bytes_go_once_the_file_is_taken(own, shelf, django_capture_on_commit_callbacks):
    address = begin(own)["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        patch(own, address, PDF, 0)
    upload = Upload.objects.get()
    assert (upload.state, upload.path.exists()) == ("done", False)
    # Whoever missed the answer is told that everything arrived.
    assert ask(own, "HEAD", address)["Upload-Offset"] == str(len(PDF))


@pytest.mark.parametrize("offset", [1, HALF - 1, HALF + 1])
def test_a_piece_from_another_place_is_refused(own, shelf, offset):
    address = begin(own)["Location"]
    patch(own, address, PDF[:HALF], 0)
    assert patch(own, address, b"x", offset).status_code == 409
    assert Upload.objects.get().path.read_bytes() == PDF[:HALF]


def test_what_an_interrupted_write_left_behind_is_written_over(own, shelf):
    address = begin(own)["Location"]
    patch(own, address, PDF[:HALF], 0)
    with Upload.objects.get().path.open("ab") as file:
        file.write(b"left behind")
    patch(own, address, PDF[HALF:], HALF)
    assert shelf.taken[0][2] == hashlib.sha256(PDF).hexdigest()


def test_two_gigabytes_are_refused_before_a_byte_is_sent(own, shelf):
    answer = begin(own, size=2 * 1024**3)
    assert answer.status_code == 413
    assert "The file has 2.0" in answer.content.decode()
    assert not Upload.objects.exists()


def test_what_a_target_allows_holds_as_well(own, shelf):
    shelf.max_size = 100
    answer = begin(own, size=101)
    assert answer.status_code == 413
    assert "at most 100" in answer.content.decode()


def test_more_than_was_announced_is_refused(own, shelf):
    address = begin(own, size=HALF)["Location"]
    assert patch(own, address, PDF, 0).status_code == 413
    assert Upload.objects.get().offset == 0


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("a.exe", "not a file of an accepted type"), ("a.docm", "document with macros")],
)
def test_a_wrong_ending_is_refused_before_a_byte_is_sent(own, shelf, name, sentence):
    answer = begin(own, told=metadata(name=name))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_an_empty_file_is_refused(own, shelf):
    answer = begin(own, size=0)
    assert (answer.status_code, answer.content[:18]) == (422, b"The file is empty.")


def test_what_the_target_refuses_is_said_at_once(own, shelf):
    shelf.closed = "The shelf is full."
    answer = begin(own)
    assert (answer.status_code, answer.content) == (422, b"The shelf is full.")


def test_a_file_that_is_not_what_it_says_is_refused_with_its_last_piece(own, shelf):
    content = samples.pdf(samples.with_script)
    address = begin(own, size=len(content))["Location"]
    answer = patch(own, address, content, 0)
    assert answer.status_code == 422
    assert "holds a script" in answer.content.decode()
    assert not shelf.taken
    # A client that comes back with the same file starts again.
    assert ask(own, "HEAD", address).status_code == 410


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_nobody_but_its_owner_knows_of_an_upload(own, shelf, method):
    address = begin(own)["Location"]
    stranger = log_in(Client(), person())
    assert ask(stranger, method, address, **{"Upload-Offset": "0"}).status_code == 404
    assert ask(own, method, reverse("files:upload", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_whoever_is_logged_out_hears_so(own, shelf, method):
    address = begin(own)["Location"]
    assert ask(Client(), method, address, **{"Upload-Offset": "0"}).status_code == 401
    assert "Log in again" in begin(Client()).content.decode()


def test_another_site_cannot_upload_in_somebodys_name(shelf, owner):
    careful = log_in(Client(enforce_csrf_checks=True), owner)
    assert begin(careful).status_code == 403
    token = careful.get(reverse("account_email")) and careful.cookies["csrftoken"].value
    begun = begin(careful, **{"X-CSRFToken": token})
    assert begun.status_code == 201
    assert patch(careful, begun["Location"], PDF, 0).status_code == 403
    assert patch(careful, begun["Location"], PDF, 0, **{"X-CSRFToken": token}).status_code == 204


def test_a_target_that_no_room_knows_is_not_there(own, shelf):
    assert begin(own, told=metadata(target="cellar")).status_code == 404


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
