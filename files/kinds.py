"""The kinds of files that people may upload, and the words for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its media type, the endings that go with it, and what people call it."""

    content_type: str
    endings: tuple[str, ...]
    label: str | Promise


PDF = FileKind("application/pdf", (".pdf",), _("PDF"))
PNG = FileKind("image/png", (".png",), _("PNG picture"))
JPEG = FileKind("image/jpeg", (".jpg", ".jpeg"), _("JPEG picture"))
WEBP = FileKind("image/webp", (".webp",), _("WebP picture"))
DOCX = FileKind(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx",),
    _("Word document"),
)
XLSX = FileKind(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    (".xlsx",),
    _("Excel workbook"),
)
ODT = FileKind("application/vnd.oasis.opendocument.text", (".odt",), _("OpenDocument text"))
ODS = FileKind(
    "application/vnd.oasis.opendocument.spreadsheet", (".ods",), _("OpenDocument spreadsheet")
)

ACCEPTED = (PDF, PNG, JPEG, WEBP, DOCX, XLSX, ODT, ODS)
PICTURES = (PNG, JPEG, WEBP)
ACCEPTED_ENDINGS = tuple(ending for kind in ACCEPTED for ending in kind.endings)
ACCEPTED_IN_WORDS = _(
    "PDF, picture (PNG, JPEG, WebP), Word (.docx), Excel (.xlsx) or OpenDocument (.odt, .ods)."
)

_BY_CONTENT_TYPE = {kind.content_type: kind for kind in ACCEPTED}


def kind_of(content_type: str) -> FileKind | None:
    """The kind with this media type, where it is one of ours."""
    return _BY_CONTENT_TYPE.get(content_type)
