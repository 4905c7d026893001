"""Many letters as one ZIP, which is sent while it is written, with a manifest of their hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import IO, Any
from unicodedata import normalize
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from documents.models import Document
from exports.letters.lines import csv_lines
from exports.letters.streamed import StreamedFile, streamed_zip
from exports.rules.columns import table_of_keys
from exports.views import ZIP
from files.rules.names import safe_name

# Who may read what is asked anew for so many letters.
_AT_ONCE = 50
_PIECE = 64 * 1024
# A name in three bytes a letter still fits every file system, with what stands beside it.
_LONGEST_ADDRESSEE = 40

MANIFEST = (
    *("path", "reference", "addressee", "kind", "language", "state", "issued_at"),
    *("verification_code", "size", "file_sha256", "rendered_size", "rendered_sha256", "problem"),
)
GONE, ALTERED = "The stored file is gone.", "The stored file is not the one that was made."

Read = Callable[[Sequence[UUID]], Sequence[Document]]


def letters_as_zip(keys: Sequence[UUID], read: Read, *, name: str) -> StreamingHttpResponse:
    """The letters with these keys, under a file `name`.

    `read` gives those of some keys that the person may read at that moment, each with its `addressee`:
    what it leaves out is left out. What is not made yet, or is gone, stands in the manifest alone.
    """
    response = StreamingHttpResponse(
        streamed_zip(_members(keys, read)),
        content_type=ZIP,
        headers={"Content-Disposition": str(content_disposition_header(True, name))},
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    # It goes out as it is written: neither we nor a proxy gather or compress it.
    response["Accept-Ranges"] = "none"
    response["X-Accel-Buffering"] = "no"
    return response


def _members(keys: Sequence[UUID], read: Read) -> Iterator[StreamedFile]:
    lines: list[dict[str, Any]] = []
    taken: set[str] = set()
    rest = iter(keys)
    while some := list(islice(rest, _AT_ONCE)):
        for document in read(some):
            line = _line(document)
            lines.append(line)
            if document.is_ready:
                yield from _member(document, line, taken)
    rows = ([line[key] for key in MANIFEST] for line in lines)
    text = csv_lines(table_of_keys("manifest", MANIFEST, rows))
    yield StreamedFile("manifest.csv", timezone.now(), (one.encode() for one in text))


def _member(document: Document, line: dict[str, Any], taken: set[str]) -> Iterator[StreamedFile]:
    """The file of a letter; its line of the manifest says what is wrong with it."""
    try:
        file = document.file.open()
    except OSError:
        line["problem"] = GONE
        return
    line["path"] = _path(document, taken)
    digest = hashlib.sha256()
    with file:
        yield StreamedFile(line["path"], document.issued_at, _pieces(file, digest))
    if digest.hexdigest() != document.file_sha256:
        line["problem"] = ALTERED


def _pieces(file: IO[bytes], digest: Any) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        digest.update(piece)
        yield piece


def _line(document: Document) -> dict[str, Any]:
    """A letter as the manifest names it; both hashes are those that the database holds."""
    return {
        "path": "",
        "reference": document.reference,
        "addressee": _addressee(document),
        "kind": document.kind,
        "language": document.language,
        "state": document.state,
        "issued_at": document.issued_at,
        "verification_code": document.grouped_code,
        "size": document.size,
        "file_sha256": document.file_sha256,
        "rendered_size": document.rendered_size,
        "rendered_sha256": document.rendered_sha256,
        "problem": "",
    }


def _path(document: Document, taken: set[str]) -> str:
    """A folder for each language, and in it a name that a person can read, once for each file.

    Names that differ in capitals or composition alone are one and the same to some file systems.
    """
    addressee = _addressee(document)[:_LONGEST_ADDRESSEE].strip()
    parts = (document.reference, addressee, document.title_in_its_language)
    # A slash is part of a name here, and no folder.
    stem = safe_name(" ".join(filter(None, parts)).replace("/", "-").replace("\\", "-") + ".pdf")[
        :-4
    ]
    path, number = f"{document.language}/{stem}.pdf", 1
    while (known := normalize("NFKC", path).casefold()) in taken:
        number += 1
        path = f"{document.language}/{stem} ({number}).pdf"
    taken.add(known)
    return path


def _addressee(document: Document) -> str:
    return getattr(document, "addressee", None) or ""
