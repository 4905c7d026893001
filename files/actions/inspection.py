"""Uploaded files: what they really are, whatever their name says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import BinaryIO, cast

from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from conduct.actions import Refused
from files.actions.confined import GaveUp, Limits, run_confined
from files.actions.refusals import TooLarge
from files.actions.scanning import require_clean
from files.reading.found import FileFault, Found
from files.rules.names import ending_of, safe_name
from files.wording.kinds import ACCEPTED, ACCEPTED_IN_WORDS, PICTURES, FileKind, kind_of
from files.wording.sentences import NOT_ACCEPTED, TOO_MUCH, sentence

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Macro documents bear these endings; a renamed one is found by its content.
_MACRO_ENDINGS = {".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam", ".pptm", ".ppsm"}
# A workbook of 50 MB takes some seconds; the person waits for the answer.
LIMITS = Limits(cpu_seconds=30, wall_seconds=60)


@dataclass(frozen=True)
class Inspected:
    """What an upload is: a safe name, its type by content, size in bytes, SHA-256 in hex."""

    name: str
    content_type: str
    size: int
    sha256: str


def inspect_upload(upload: File, *, max_size: int, field: str | None = None) -> Inspected:
    """Look into an uploaded file, and have it scanned where there is a scanner.

    Raises Refused, with a sentence that says what to do, when it is empty, larger than `max_size`
    bytes, of a type that is not accepted, damaged, locked, or does more than be read. The type goes
    by the content; the name must fit it (a picture gets the right one). A confined process reads the
    file: this one never holds the whole of it in memory, nor runs what could be attacked. The refusal
    is shown beside `field`, where the form that the file came by has one of this name.
    """
    try:
        return _inspected(upload, max_size)
    except Refused as refusal:
        refusal.field = refusal.field or field
        raise


def _inspected(upload: File, max_size: int) -> Inspected:
    name = safe_name(upload.name or "")
    require_size(upload.size or 0, max_size)
    file = cast(BinaryIO, upload)
    _require_no_old_office(file)
    require_ending(name)
    kind = _kind(file)
    name = _fitting_name(name, kind)
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
        raise Refused(str(NOT_ACCEPTED) % {"types": ACCEPTED_IN_WORDS})


def _require_no_old_office(file: BinaryIO) -> None:
    file.seek(0)
    if file.read(len(_OLD_OFFICE)) == _OLD_OFFICE:
        raise Refused(
            _(
                "This is an old Office file (.doc, .xls), or one with a password. Save it as "
                ".docx, .xlsx or PDF without a password, and upload the new file."
            )
        )


def content_type_of(file: BinaryIO) -> str:
    """The media type by content, of which nothing else is looked at; empty for none of ours.

    Raises Refused for a document with macros, and for what cannot even be looked at.
    """
    return _told_of(file, "tell")


def _kind(file: BinaryIO) -> FileKind:
    """The kind by content, of a file with which nothing is amiss."""
    kind = kind_of(_told_of(file, "inspect"))
    if kind is None:
        raise Refused(sentence(Found(FileFault.UNKNOWN)))
    return kind


def _told_of(file: BinaryIO, task: str) -> str:
    try:
        told = run_confined(task, file, limits=LIMITS)
    except Found as found:
        raise Refused(sentence(found)) from None
    except GaveUp as gave_up:
        if gave_up.is_too_much:
            raise Refused(str(TOO_MUCH)) from gave_up
        raise Refused(sentence(Found(FileFault.DAMAGED))) from gave_up
    return str(told.facts.get("media_type", ""))


def _fitting_name(name: str, kind: FileKind) -> str:
    """The name with an ending that fits. Raises Refused where it says something else altogether.

    Telephones and browsers name pictures as they like: a picture of one kind that is called another
    gets its own ending, and who downloads it can open it.
    """
    ending = ending_of(name)
    if ending in kind.endings:
        return name
    right = kind.endings[0]
    if kind in PICTURES and any(ending in other.endings for other in PICTURES):
        return safe_name(f"{name.rpartition('.')[0]}{right}")
    raise Refused(
        _(
            "By its content this file is a %(kind)s, but its name ends otherwise. Rename it to "
            "“%(ending)s”, and upload it again."
        )
        % {"kind": kind.label, "ending": f"….{right.removeprefix('.')}"}
    )


def _measure(upload: File) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
        size += len(chunk)
    upload.seek(0)
    return size, digest.hexdigest()
