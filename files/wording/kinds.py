"""The kinds of files that people may upload, and the words for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from files.reading import media


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its media type, the endings that go with it, and what people call it."""

    content_type: str
    endings: tuple[str, ...]
    label: str | Promise


PDF = FileKind(media.PDF, (".pdf",), _("PDF"))
PNG = FileKind(media.PNG, (".png",), _("PNG picture"))
# Browsers on Windows save photographs from pages as .jfif.
JPEG = FileKind(media.JPEG, (".jpg", ".jpeg", ".jfif", ".jpe"), _("JPEG picture"))
WEBP = FileKind(media.WEBP, (".webp",), _("WebP picture"))
HEIC = FileKind(media.HEIC, (".heic", ".heif"), _("HEIC photograph"))
DOCX = FileKind(media.DOCX, (".docx",), _("Word document"))
XLSX = FileKind(media.XLSX, (".xlsx",), _("Excel workbook"))
PPTX = FileKind(media.PPTX, (".pptx", ".ppsx"), _("PowerPoint presentation"))
ODT = FileKind(media.ODT, (".odt",), _("OpenDocument text"))
ODS = FileKind(media.ODS, (".ods",), _("OpenDocument spreadsheet"))
ODP = FileKind(media.ODP, (".odp",), _("OpenDocument presentation"))

ACCEPTED = (PDF, PNG, JPEG, WEBP, HEIC, DOCX, XLSX, PPTX, ODT, ODS, ODP)
PICTURES = (PNG, JPEG, WEBP, HEIC)
# Of HEIC the preview is shown instead.
SHOWN_BY_BROWSERS = (PNG, JPEG, WEBP)
ACCEPTED_ENDINGS = tuple(ending for kind in ACCEPTED for ending in kind.endings)
PICTURE_ENDINGS = tuple(ending for kind in PICTURES for ending in kind.endings)
ACCEPTED_IN_WORDS = _(
    "PDF, picture (PNG, JPEG, WebP, HEIC), Word (.docx), Excel (.xlsx), PowerPoint (.pptx) or "
    "OpenDocument (.odt, .ods, .odp)."
)

_BY_CONTENT_TYPE = {kind.content_type: kind for kind in ACCEPTED}


def kind_of(content_type: str) -> FileKind | None:
    """The kind with this media type, where it is one of ours."""
    return _BY_CONTENT_TYPE.get(content_type)
