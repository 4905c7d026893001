"""Uploaded files: what they really are, whatever their name says, and how they are given out."""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from records.acting import Refused

# What may be uploaded: the type found in the content, and the endings that go with it.
ACCEPTED_TYPES = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
}
ACCEPTED_ENDINGS = tuple(ending for endings in ACCEPTED_TYPES.values() for ending in endings)

# Office files are ZIP archives; this member tells which.
_OFFICE_MEMBERS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word/document.xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xl/workbook.xml",
}


@dataclass(frozen=True)
class Inspected:
    """What an upload is: a safe name, its type by content, size in bytes, SHA-256 in hex."""

    name: str
    content_type: str
    size: int
    sha256: str


def inspect_upload(upload: UploadedFile, *, max_size: int) -> Inspected:
    """Look into an uploaded file.

    Raises Refused when it is empty, larger than `max_size` bytes, or of a type that is not
    accepted, going by its content; its name must fit that type.
    """
    size = upload.size or 0
    if not size:
        raise Refused(_("The file is empty."))
    if size > max_size:
        raise Refused(
            _("The file has %(size)s; at most %(limit)s are allowed.")
            % {"size": filesizeformat(size), "limit": filesizeformat(max_size)}
        )
    name = PurePath(upload.name or "file").name[-200:]
    content_type = _content_type(upload, name)
    return Inspected(name, content_type, size, _digest(upload))


def private_file(file: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """A stored file as a download under its own name; who may have it is for the caller to say."""
    response = FileResponse(file.open("rb"), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _content_type(upload: UploadedFile, name: str) -> str:
    found = _types_by_content(upload)
    ending = PurePath(name).suffix.lower()
    for content_type, endings in ACCEPTED_TYPES.items():
        if content_type in found and ending in endings:
            return content_type
    raise Refused(
        _("This is not a file of an accepted type: PDF, PNG, JPEG, Word (.docx) or Excel (.xlsx).")
    )


def _types_by_content(upload: UploadedFile) -> set[str]:
    """The types that the bytes may be; the name is not looked at, since it proves nothing."""
    upload.seek(0)
    if zipfile.is_zipfile(upload):
        with zipfile.ZipFile(upload) as archive:
            members = set(archive.namelist())
        return {kind for kind, member in _OFFICE_MEMBERS.items() if member in members}
    upload.seek(0)
    try:
        return {match.mime_type for match in puremagic.magic_stream(upload)}
    except (puremagic.PureError, ValueError):
        return set()


def _digest(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
