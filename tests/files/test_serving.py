"""Private files go out whole or in parts (RFC 9110, 14), never compressed, never kept on the way."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import RequestFactory

from files.middleware import CompressPagesMiddleware
from files.views.serving import private_file
from tests.files.samples import named

CONTENT = bytes(range(256)) * 10
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Stored:
    """A stored file as a FileField has it."""

    def __init__(self, name="attachments/00ff"):
        self.name = default_storage.save(name, named(name, CONTENT))
        self.size = len(CONTENT)

    def open(self, mode):
        return default_storage.open(self.name, mode)


def serve(method="GET", *, inline=False, content_type="image/png", **headers):
    request = getattr(RequestFactory(), method.lower())("/", headers=headers)
    return private_file(
        request,
        Stored(),
        name="plan ١.png",
        content_type=content_type,
        sha256=SHA256,
        inline=inline,
    )


def body(response):
    return b"".join(response) if response.streaming else response.content


def test_a_whole_file_says_what_it_is_and_that_it_is_private():
    response = serve()
    assert (response.status_code, body(response)) == (200, CONTENT)
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["ETag"] == f'"{SHA256}"'
    assert response["Accept-Ranges"] == "bytes"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''plan%20%D9%A1.png"


def test_inline_is_shown_in_a_sandbox_and_a_pdf_in_a_viewer_without_scripts():
    assert serve(inline=True)["Content-Disposition"].startswith("inline")
    policy = serve(inline=True, content_type="application/pdf")["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, 2559),
        ("bytes=2500-9999", 2500, 2559),
        ("bytes=-60", 2500, 2559),
        ("bytes=-9999", 0, 2559),
        ("bytes=0-0", 0, 0),
    ],
)
def test_a_part_is_that_part(asked, first, last):
    response = serve(range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/2560"
    assert response["Content-Length"] == str(last - first + 1)
    assert body(response) == CONTENT[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=2560-", "bytes=9000-9999", "bytes=-0"])
def test_a_part_behind_the_end_is_not_there(asked):
    response = serve(range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */2560")


@pytest.mark.parametrize(
    "asked", ["lines=1-2", "bytes=5-2", "bytes=0-1,4-5", "bytes=-", "bytes=a-"]
)
def test_what_is_not_understood_gets_the_whole_file(asked):
    response = serve(range=asked)
    assert (response.status_code, body(response)) == (200, CONTENT)


@pytest.mark.parametrize(
    ("had", "status"),
    [(f'"{SHA256}"', 206), ('"another"', 200), ("Tue, 24 Nov 2026 10:00:00 GMT", 200)],
)
def test_a_part_of_another_file_is_not_mixed_in(had, status):
    assert serve(range="bytes=10-", if_range=had).status_code == status


def test_a_head_tells_the_same_without_the_bytes():
    response = serve("HEAD")
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Accept-Ranges"] == "bytes"


def test_a_proxy_is_told_which_file_to_send(settings):
    settings.X_ACCEL_REDIRECT_PREFIX = "/private/"
    response = serve(range="bytes=0-9")
    assert response["X-Accel-Redirect"].startswith("/private/attachments/00ff")
    assert (response.status_code, response.content) == (200, b"")
    assert response["Cache-Control"] == "private, no-store"


def test_files_are_not_compressed_and_pages_are():
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    page = CompressPagesMiddleware(lambda _request: HttpResponse(b"a" * 9000))(request)
    assert page["Content-Encoding"] == "gzip"
    file = CompressPagesMiddleware(lambda _request: serve(range="bytes=0-999"))(request)
    assert not file.has_header("Content-Encoding")
    assert file["Content-Length"] == "1000"


@pytest.mark.parametrize(
    "asked",
    ["bytes={0}-", "bytes=-{0}", "bytes=0-{0}", "bytes={0}-{0}", "bytes=٣-٤", "bytes=²-"],
)
def test_a_range_of_thousands_of_digits_is_not_understood_and_the_whole_file_sent(asked):
    response = serve(range=asked.format("9" * 5000))
    assert (response.status_code, body(response)) == (200, CONTENT)
