"""Uploads piece by piece, by the protocol: what is taken, and what is refused before a byte is sent."""

from __future__ import annotations

import hashlib
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from files.models import Upload
from tests.files import samples
from tests.files.tus import HALF, PDF, ask, begin, metadata, patch
from tests.people import log_in, person

pytestmark = pytest.mark.django_db


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
