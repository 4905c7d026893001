"""Uploaded files: what they really are, whatever their name says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import BinaryIO, cast

import puremagic
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from records.acting import Refused

from .kinds import ACCEPTED, ACCEPTED_IN_WORDS, PDF, PICTURES, FileKind
from .names import ending_of, safe_name
from .office import inspect_office, office_kind
from .pdfs import inspect_pdf
from .pictures import inspect_picture
from .refusals import TooLarge
from .scanning import require_clean

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Macro documents bear these endings; a renamed one is found by its content.
_MACRO_ENDINGS = {".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam", ".pptm"}
_HEAD = 4096


@dataclass(frozen=True)
class Inspected:
    """What an upload is: a safe name, its type by content, size in bytes, SHA-256 in hex."""

    name: str
    content_type: str
    size: int
    sha256: str


def inspect_upload(upload: File, *, max_size: int) -> Inspected:
    """Look into an uploaded file, and have it scanned where there is a scanner.

    Raises Refused, with a sentence that says what to do, when it is empty, larger than `max_size`
    bytes, of a type that is not accepted, damaged, locked, or does more than be read. The type goes
    by the content; the name must fit it. Never holds the whole file in memory.
    """
    name = safe_name(upload.name or "")
    require_size(upload.size or 0, max_size)
    file = cast(BinaryIO, upload)
    kind = _kind(file, name)
    _inspect(file, kind)
    size, sha256 = _measure(upload)
    require_size(size, max_size)
    require_clean(file)
    return Inspected(name, kind.content_type, size, sha256)


def require_size(size: int, max_size: int) -> None:
    """Raise Refused when there is nothing, TooLarge when there is too much."""
    if not size:
        raise Refused(
            _("The file is empty. Look whether it opens on your computer, and choose it again.")
        )
    if size > max_size:
        raise TooLarge(
            _(
                "The file has %(size)s; at most %(limit)s are allowed. Make its pictures smaller, "
                "or split it."
            )
            % {"size": filesizeformat(size), "limit": filesizeformat(max_size)}
        )


def require_ending(name: str) -> None:
    """Raise Refused when a name alone tells that the file is none of ours."""
    ending = ending_of(name)
    if ending in _MACRO_ENDINGS:
        raise Refused(
            _(
                "This is a document with macros. Save it as .docx, .xlsx or PDF (without macros), "
                "and upload the new file."
            )
        )
    if not any(ending in kind.endings for kind in ACCEPTED):
        raise Refused(_not_accepted())


def _kind(file: BinaryIO, name: str) -> FileKind:
    """The kind by content, which the ending must fit."""
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(_OLD_OFFICE):
        raise Refused(
            _(
                "This is an old Office file (.doc, .xls), or one with a password. Save it as "
                ".docx, .xlsx or PDF without a password, and upload the new file."
            )
        )
    require_ending(name)
    kind = office_kind(file) if head.startswith(_ZIP) else _kind_by_head(head)
    if kind is None:
        raise Refused(_not_what_it_says())
    if ending_of(name) not in kind.endings:
        raise Refused(
            _(
                "By its content this file is a %(kind)s, but its name ends otherwise. Rename it to "
                "“%(ending)s”, and upload it again."
            )
            % {"kind": kind.label, "ending": f"….{kind.endings[0].removeprefix('.')}"}
        )
    return kind


def _kind_by_head(head: bytes) -> FileKind | None:
    try:
        found = {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return None
    return next((kind for kind in (PDF, *PICTURES) if kind.content_type in found), None)


def _inspect(file: BinaryIO, kind: FileKind) -> None:
    if kind is PDF:
        inspect_pdf(file)
    elif kind in PICTURES:
        inspect_picture(file, kind)
    else:
        inspect_office(file)


def _measure(upload: File) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
        size += len(chunk)
    upload.seek(0)
    return size, digest.hexdigest()


def _not_accepted() -> str:
    return _("This is not a file of an accepted type: %(types)s") % {"types": ACCEPTED_IN_WORDS}


def _not_what_it_says() -> str:
    return _(
        "The content of this file is not what its name says, so it is not a file of an accepted "
        "type: %(types)s"
    ) % {"types": ACCEPTED_IN_WORDS}
