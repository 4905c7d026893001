"""A file that is compared: hashed while it arrives, kept nowhere, refused unread where too large."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any, Concatenate, ParamSpec

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from documents.actions.throttling import is_guessing
from documents.forms import COMPARED_FILE_LIMIT

_Ways = ParamSpec("_Ways")
# Beside the file a form sends its other fields and the borders between them.
_BESIDE = 64 * 1024


class HashedFile(UploadedFile):
    """What is left of a file that was hashed: its name, its size, its SHA-256 in hex.

    `beginning` is that of as many first bytes as the letter has; "" where it has no more.
    """

    def __init__(self, name: str | None, size: int, sha256: str, beginning: str = "") -> None:
        super().__init__(BytesIO(), name, size=size)
        self.sha256 = sha256
        self.beginning = beginning


class HashingHandler(FileUploadHandler):
    """Hashes each piece and lets it go: nothing of a stranger's file stays in memory or on disk."""

    def __init__(self, request: HttpRequest, *, beginning: int) -> None:
        super().__init__(request)
        # After so many bytes the letter ended that the file may begin with; 0: none is known.
        self._beginning_ends = beginning

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._digest, self._beginning = hashlib.sha256(), hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._digest.update(raw_data)
        self._beginning.update(raw_data[: max(0, self._beginning_ends - start)])

    def file_complete(self, file_size: int) -> UploadedFile:
        is_longer = 0 < self._beginning_ends < file_size
        beginning = self._beginning.hexdigest() if is_longer else ""
        return HashedFile(self.file_name, file_size, self._digest.hexdigest(), beginning)


def announced_excess(request: HttpRequest) -> int:
    """How many bytes are announced, where they are too many to be read; 0 otherwise."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    announced = int(text) if text.isdecimal() else 0
    return announced if announced > COMPARED_FILE_LIMIT + _BESIDE else 0


def asked_beginning(request: HttpRequest) -> int:
    """How many first bytes the form wants hashed by themselves: it names them in its address."""
    text = request.GET.get("beginning", "")
    return int(text) if text.isdecimal() and len(text) < len(str(COMPARED_FILE_LIMIT)) + 1 else 0


def receives_files(
    view: Callable[Concatenate[HttpRequest, _Ways], HttpResponse],
) -> Callable[Concatenate[HttpRequest, _Ways], HttpResponse]:
    """Let a public view take files to compare.

    Who tried too often is turned away, and what is too large refused by the view (its form asks
    `announced_excess`), before the token of the form is looked for: that reads all of the body.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def receiving(
        request: HttpRequest, /, *args: _Ways.args, **kwargs: _Ways.kwargs
    ) -> HttpResponse:
        if request.method != "POST":
            return protected(request, *args, **kwargs)
        if is_guessing(request):
            return render(request, "documents/verify_later.html", status=429)
        if announced_excess(request):
            # Nothing is read, and nothing written: there is no token to check.
            return view(request, *args, **kwargs)
        request.upload_handlers = [HashingHandler(request, beginning=asked_beginning(request))]
        return protected(request, *args, **kwargs)

    return receiving
